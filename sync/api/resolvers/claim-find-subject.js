import { util } from '@aws-appsync/utils';

/** By field: what kind of right it is, and under which key its subject is found. */
const KINDS = {
  resumeTransaction: { kind: 'RESUME_TRANSACTION', by: 'SUSPENDED' },
  returnLine: { kind: 'RETURN_LINE', by: 'ID' },
  handOver: { kind: 'HAND_OVER', by: 'ID' },
};

/** Where the document is that the right is about. */
export function request(ctx) {
  const { kind, by } = KINDS[ctx.info.fieldName];
  const { suspended, order, lineId } = ctx.args.input;
  const document = suspended ? `${suspended.register}.${suspended.epoch}.${suspended.seq}` : order;
  ctx.stash.kind = kind;
  ctx.stash.subject = lineId ? `${document}/${lineId}` : document;
  return {
    operation: 'Query',
    query: {
      expression: 'pk = :pk',
      expressionValues: util.dynamodb.toMapValues({ ':pk': `${ctx.stash.author.tenant}#find#${by}#${document}` }),
    },
    limit: 1,
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (ctx.result.items.length === 0) util.error('there is nothing to claim', 'NotFound');
  return ctx.result.items[0];
}
