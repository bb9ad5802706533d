import { util } from '@aws-appsync/utils';

/** An unused right goes back: it expires at once. */
export function request(ctx) {
  const { author } = ctx.stash;
  const { claim, kind, subject } = ctx.args.input;
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ pk: `${author.tenant}#claim#${kind}`, sk: subject }),
    update: {
      expression: 'SET expiresAt = :now',
      expressionValues: util.dynamodb.toMapValues({ ':now': util.time.nowEpochSeconds() }),
    },
    condition: {
      expression: 'claimId = :claimId AND holder = :holder',
      expressionValues: util.dynamodb.toMapValues({ ':claimId': claim, ':holder': author.register }),
    },
  };
}

export function response(ctx) {
  if (ctx.error) {
    if (ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') util.error(ctx.error.message, ctx.error.type);
    util.error('this right is not yours, or no more', 'NotFound');
  }
  const { claimId, holder, expiresAt } = ctx.result;
  return { id: claimId, kind: ctx.args.input.kind, subject: ctx.args.input.subject, holder, expiresAt };
}
