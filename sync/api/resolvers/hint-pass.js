import { util } from '@aws-appsync/utils';

const COLLECTIONS_MAX = 20;

/** Stores nothing: the answer is what subscribers hear. */
export function request(ctx) {
  const { tenant, store, collections } = ctx.args.input;
  if (collections.length > COLLECTIONS_MAX) util.error(`more than ${COLLECTIONS_MAX} collections`, 'Malformed');
  return { payload: { tenant, store, collections } };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result;
}
