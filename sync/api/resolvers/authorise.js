import { util } from '@aws-appsync/utils';

/** Who may, by field. `own` names the argument that has to be what the claims say. */
const RULES = {
  'Query.head': { roles: ['register', 'channel'], own: 'register' },
  'Query.recordHash': { roles: ['register', 'channel'], own: 'register' },
  'Query.pull': { roles: ['register', 'channel'] },
  'Query.findOrders': { roles: ['register', 'channel'] },
  'Query.publishedManifest': { roles: ['register', 'channel'] },
  'Mutation.appendSegment': { roles: ['register', 'channel'], own: 'register' },
  'Mutation.resumeTransaction': { roles: ['register'] },
  'Mutation.returnLine': { roles: ['register'] },
  'Mutation.handOver': { roles: ['register'] },
  'Mutation.releaseClaim': { roles: ['register'] },
  'Subscription.onHint': { roles: ['register', 'channel'], own: 'store' },
};

const COLLECTIONS = ['stock', 'orders', 'suspended'];
/** What a register may see of its own store only. */
const OWN_STORE_ONLY = ['orders', 'suspended'];

/** The first function of every pipeline, and the only place that knows who may. Leaves `stash.author` to those behind it. */
export function request(ctx) {
  const field = `${ctx.info.parentTypeName}.${ctx.info.fieldName}`;
  if (field === 'Mutation.publishHint') {
    if (!ctx.identity || !ctx.identity.userArn) util.error('only the projector may publish hints', 'NotAuthorised');
    return { payload: null };
  }
  const claims = ctx.identity && ctx.identity.claims ? ctx.identity.claims : {};
  const author = { tenant: claims.tenant, store: claims.store, register: claims.register, role: claims.role };
  const rule = RULES[field];
  if (!rule || !author.tenant || !author.store || !author.register || !rule.roles.includes(author.role)) {
    util.error(`${field} is not for role ${author.role}`, 'NotAuthorised');
  }
  const args = ctx.args.input ? ctx.args.input : ctx.args;
  // A channel sells for every store of its tenant, so it may hear of every store.
  const isOwn = !rule.own || args[rule.own] === author[rule.own] || (rule.own === 'store' && author.role === 'channel');
  if (!isOwn) util.error(`${rule.own} is not the one in the token`, 'NotAuthorised');
  if (field === 'Query.pull') {
    if (!COLLECTIONS.includes(args.collection)) util.error('there is no such collection', 'Malformed');
    if (OWN_STORE_ONLY.includes(args.collection) && args.scope !== author.store) {
      util.error(`${args.collection} of another store`, 'NotAuthorised');
    }
  }
  ctx.stash.author = author;
  return { payload: null };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result;
}
