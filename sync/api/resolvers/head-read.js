import { util } from '@aws-appsync/utils';

const EPOCH_DIGITS = 10;

/** APPSYNC_JS has no padStart. */
function padded(epoch) {
  const text = `0000000000${epoch}`;
  return text.slice(text.length - EPOCH_DIGITS);
}

/** The head of one epoch, or of the latest. */
export function request(ctx) {
  const { author } = ctx.stash;
  const { epoch } = ctx.args;
  const isOne = epoch !== null && epoch !== undefined;
  const from = isOne ? padded(epoch) : '0';
  const to = isOne ? from : '9999999999';
  return {
    operation: 'Query',
    query: {
      expression: 'pk = :pk AND sk BETWEEN :from AND :to',
      expressionValues: util.dynamodb.toMapValues({
        ':pk': `${author.tenant}#${author.register}`,
        ':from': `head#${from}`,
        ':to': `head#${to}`,
      }),
    },
    scanIndexForward: false,
    limit: 1,
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (ctx.result.items.length === 0) return null;
  const { epoch, seq, hash, contested } = ctx.result.items[0];
  return { register: ctx.stash.author.register, epoch, seq, hash, contested };
}
