import { util } from '@aws-appsync/utils';

const FOUND_MAX = 50;
const KEY_LENGTH_MAX = 200;

/** Where the orders of a key are: the newest first. */
export function request(ctx) {
  const { by, key } = ctx.args;
  if (key.length === 0 || key.length > KEY_LENGTH_MAX)
    util.error(`a key has 1 to ${KEY_LENGTH_MAX} characters`, 'Malformed');
  return {
    operation: 'Query',
    query: {
      expression: 'pk = :pk',
      expressionValues: util.dynamodb.toMapValues({ ':pk': `${ctx.stash.author.tenant}#find#${by}#${key}` }),
    },
    scanIndexForward: false,
    limit: FOUND_MAX,
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result.items.map(({ scope, id }) => ({ scope, id }));
}
