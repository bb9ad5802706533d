import { runtime, util } from '@aws-appsync/utils';

/** The documents that were found, in the order in which they were found. */
export function request(ctx) {
  const found = ctx.prev.result;
  if (found.length === 0) runtime.earlyReturn([]);
  const { tenant } = ctx.stash.author;
  const keys = found.map(({ scope, id }) => util.dynamodb.toMapValues({ pk: `${tenant}#doc#orders#${scope}`, sk: id }));
  return { operation: 'BatchGetItem', tables: { [ctx.env.VIEWS_TABLE]: { keys, consistentRead: true } } };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const rows = ctx.result.data[ctx.env.VIEWS_TABLE].filter((row) => row && !row.deleted);
  const documents = [];
  for (const { scope, id } of ctx.prev.result) {
    const row = rows.find((candidate) => candidate.id === id);
    if (row) {
      const { period, seq, deleted, covers, body } = row;
      documents.push({ collection: 'orders', scope, id, period, seq, deleted, covers, body });
    }
  }
  return documents;
}
