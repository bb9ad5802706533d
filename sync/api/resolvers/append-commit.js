import { runtime, util } from '@aws-appsync/utils';

/**
 * One conditional transaction: the segment, and the head from where the handler saw it to where the segment leads. Whoever else moved the
 * head in between wins, and nothing of this is written.
 */
export function request(ctx) {
  const { write, answer } = ctx.prev.result;
  // Everything was there already: the answer is the proof, and there is nothing to write.
  if (!write) runtime.earlyReturn(answer);
  const { segment, head, expected } = write;
  const table = ctx.env.LEDGER_TABLE;
  const isNew = 'attribute_not_exists(sk)';
  const place = expected
    ? {
        expression: 'seq = :seq AND #hash = :hash',
        expressionNames: { '#hash': 'hash' },
        expressionValues: util.dynamodb.toMapValues({ ':seq': expected.seq, ':hash': expected.hash }),
      }
    : { expression: isNew };
  return {
    operation: 'TransactWriteItems',
    transactItems: [
      {
        table,
        operation: 'PutItem',
        key: util.dynamodb.toMapValues({ pk: segment.pk, sk: segment.sk }),
        attributeValues: util.dynamodb.toMapValues(segment.values),
        condition: { expression: isNew, returnValuesOnConditionCheckFailure: false },
      },
      {
        table,
        operation: 'PutItem',
        key: util.dynamodb.toMapValues({ pk: head.pk, sk: head.sk }),
        attributeValues: util.dynamodb.toMapValues(head.values),
        condition: { ...place, returnValuesOnConditionCheckFailure: true },
      },
    ],
  };
}

export function response(ctx) {
  if (ctx.error) {
    if (ctx.error.type !== 'DynamoDB:TransactionCanceledException') util.error(ctx.error.message, ctx.error.type);
    const reasons = ctx.result && ctx.result.cancellationReasons ? ctx.result.cancellationReasons : [];
    const failed = reasons.filter((reason) => reason.type === 'ConditionalCheckFailed');
    // Cancelled for another reason (throttling, a conflict with a transaction under way) is no answer: try again.
    if (failed.length === 0) util.error(ctx.error.message, ctx.error.type);
    const moved = failed.filter((reason) => reason.item);
    const now =
      moved.length > 0 ? { epoch: moved[0].item.epoch, seq: moved[0].item.seq, hash: moved[0].item.hash } : null;
    util.error('the head moved meanwhile', 'HeadMoved', null, now);
  }
  return ctx.prev.result.answer;
}
