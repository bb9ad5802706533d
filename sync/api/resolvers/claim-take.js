import { util } from '@aws-appsync/utils';

const EXPIRES_IN_S = { min: 30, usual: 300, max: 3600 };

/** Free, expired or already one's own: then it is taken, until the server's clock says otherwise. */
export function request(ctx) {
  const { author, kind, subject } = ctx.stash;
  const { expiresInSeconds } = ctx.args.input;
  const lastsS = expiresInSeconds === null || expiresInSeconds === undefined ? EXPIRES_IN_S.usual : expiresInSeconds;
  if (lastsS < EXPIRES_IN_S.min || lastsS > EXPIRES_IN_S.max) {
    util.error(`expiresInSeconds is ${EXPIRES_IN_S.min} to ${EXPIRES_IN_S.max}`, 'Malformed');
  }
  const now = util.time.nowEpochSeconds();
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ pk: `${author.tenant}#claim#${kind}`, sk: subject }),
    update: {
      expression: 'SET claimId = :claimId, holder = :holder, expiresAt = :expiresAt',
      expressionValues: util.dynamodb.toMapValues({
        ':claimId': util.autoId(),
        ':holder': author.register,
        ':expiresAt': now + lastsS,
      }),
    },
    condition: {
      expression: 'attribute_not_exists(holder) OR holder = :holder OR expiresAt <= :now',
      expressionValues: util.dynamodb.toMapValues({ ':holder': author.register, ':now': now }),
    },
  };
}

export function response(ctx) {
  const row = ctx.result;
  if (ctx.error) {
    if (ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') util.error(ctx.error.message, ctx.error.type);
    const other = row ? { holder: row.holder, expiresAt: row.expiresAt } : null;
    util.error('somebody else holds this right', 'ClaimTaken', null, other);
  }
  const { kind, subject } = ctx.stash;
  return { id: row.claimId, kind, subject, holder: row.holder, expiresAt: row.expiresAt };
}
