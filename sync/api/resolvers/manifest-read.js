import { util } from '@aws-appsync/utils';

export function request(ctx) {
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ pk: `${ctx.stash.author.tenant}#published`, sk: ctx.args.scope }),
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (!ctx.result) return null;
  return { scope: ctx.args.scope, version: ctx.result.version, text: ctx.result.text };
}
