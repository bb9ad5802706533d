import { util } from '@aws-appsync/utils';

const LIMIT_MAX = 500;

/** How far the scope is settled. Read before the documents: what was settled by then is wholly visible to the query that follows. */
export function request(ctx) {
  const { collection, scope, afterPeriod, afterSeq, limit } = ctx.args;
  const hasPeriod = afterPeriod !== null && afterPeriod !== undefined;
  const hasSeq = afterSeq !== null && afterSeq !== undefined;
  if (hasPeriod !== hasSeq || (hasSeq && afterSeq < 0)) util.error('afterPeriod and afterSeq go together', 'Malformed');
  if (limit !== null && limit !== undefined && (limit < 1 || limit > LIMIT_MAX)) {
    util.error(`limit is 1 to ${LIMIT_MAX}`, 'Malformed');
  }
  ctx.stash.pk = `${ctx.stash.author.tenant}#doc#${collection}#${scope}`;
  ctx.stash.after = hasSeq ? { period: afterPeriod, seq: afterSeq } : null;
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ pk: ctx.stash.pk, sk: '#scope' }),
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const settled = ctx.result ? { period: ctx.result.period, seq: ctx.result.settledSeq } : null;
  const { after } = ctx.stash;
  const isAhead =
    after &&
    (!settled || after.period > settled.period || (after.period === settled.period && after.seq > settled.seq));
  if (isAhead) util.error('the checkpoint is ahead of the server', 'CheckpointAhead', null, settled);
  return settled;
}
