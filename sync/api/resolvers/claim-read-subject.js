import { util } from '@aws-appsync/utils';

/** Whether there is still something to have a right to. */
export function request(ctx) {
  const { collection, scope, id } = ctx.prev.result;
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ pk: `${ctx.stash.author.tenant}#doc#${collection}#${scope}`, sk: id }),
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (!ctx.result) util.error('there is nothing to claim', 'NotFound');
  // What is known to have ended is another answer than what is not known yet: a register may go on with the one and not the other.
  if (ctx.result.deleted) util.error('it has ended', 'NotFound', null, { ended: true });
  const { scope } = ctx.prev.result;
  const body = JSON.parse(ctx.result.body);
  const { kind, author } = ctx.stash;
  // A line may come back to any store of the tenant; goods that wait and transactions put aside are where they are.
  if (kind !== 'RETURN_LINE' && scope !== author.store) util.error('it is of another store', 'NotAuthorised');
  if (kind === 'HAND_OVER' && body.status !== 'awaiting-pickup') util.error('it does not wait for pick-up', 'NotFound');
  if (kind === 'RETURN_LINE') {
    const { lineId, quantity } = ctx.args.input;
    const line = body.lines.find((candidate) => candidate.lineId === lineId);
    if (!line || body.status !== 'completed') util.error('that line was not sold', 'NotFound');
    if (quantity < 1 || quantity > line.quantity) util.error('more than was sold', 'Malformed');
  }
  return body;
}
