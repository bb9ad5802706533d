import { extensions, util } from '@aws-appsync/utils';

export function request() {
  return {};
}

/** The store is an argument; the tenant never is: two tenants may have a store of the same name. */
export function response(ctx) {
  const filter = { tenant: { eq: ctx.stash.author.tenant }, store: { eq: ctx.args.store } };
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(filter));
  return null;
}
