import { runtime, util } from '@aws-appsync/utils';

const SEQ_DIGITS = 12;
const LIMIT_USUAL = 200;

/** What the index sorts by. APPSYNC_JS has no padStart. */
function changeOf(period, seq) {
  const text = `000000000000${seq}`;
  return `${period}#${text.slice(text.length - SEQ_DIGITS)}`;
}

/** The next changes up to what is settled, in order, through the local index, consistently. */
export function request(ctx) {
  const settled = ctx.prev.result;
  const { pk, after } = ctx.stash;
  if (!settled) runtime.earlyReturn({ documents: [], checkpoint: null, more: false });
  const to = changeOf(settled.period, settled.seq);
  // A blank sorts before every period.
  const from = after ? changeOf(after.period, after.seq + 1) : ' ';
  // A range that ends before it begins is refused by the database; here it means that nothing is new.
  if (from > to) runtime.earlyReturn({ documents: [], checkpoint: settled, more: false });
  return {
    operation: 'Query',
    index: 'byChange',
    query: {
      expression: 'pk = :pk AND #change BETWEEN :from AND :to',
      expressionNames: { '#change': 'change' },
      expressionValues: util.dynamodb.toMapValues({ ':pk': pk, ':from': from, ':to': to }),
    },
    limit: ctx.args.limit ? ctx.args.limit : LIMIT_USUAL,
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const { collection, scope } = ctx.args;
  const { items, nextToken } = ctx.result;
  const documents = items.map(({ id, period, seq, deleted, covers, body }) => {
    return { collection, scope, id, period, seq, deleted, covers, body };
  });
  const last = documents.length > 0 ? documents[documents.length - 1] : null;
  // Without a further page everything up to the settled place was read, whatever has changed since.
  if (!nextToken) return { documents, checkpoint: ctx.prev.result, more: false };
  const checkpoint = last ? { period: last.period, seq: last.seq } : ctx.stash.after;
  return { documents, checkpoint, more: true };
}
