import { util } from '@aws-appsync/utils';

/** Resolvers cannot hash: a handler verifies links and the last signature, and says what is to be written. */
export function request(ctx) {
  const { enrolment, heads } = ctx.prev.result;
  return { operation: 'Invoke', payload: { author: ctx.stash.author, input: ctx.args.input, enrolment, heads } };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const { ok, error } = ctx.result;
  if (!ok) util.error(error.message, error.code, null, error.info);
  return ctx.result;
}
