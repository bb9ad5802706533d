import { util } from '@aws-appsync/utils';

const EPOCH_DIGITS = 10;
const SEQ_DIGITS = 12;

/** APPSYNC_JS has no padStart. */
function padded(number, digits) {
  const text = `000000000000${number}`;
  return text.slice(text.length - digits);
}

/** A segment lies under its last sequence: the first key at or after a sequence is the segment that holds it. */
export function request(ctx) {
  const { author } = ctx.stash;
  const { epoch, seq } = ctx.args;
  if (epoch < 1 || seq < 1) util.error('epochs and sequences begin at 1', 'Malformed');
  const segments = `segment#${padded(epoch, EPOCH_DIGITS)}`;
  return {
    operation: 'Query',
    query: {
      expression: 'pk = :pk AND sk BETWEEN :from AND :to',
      expressionValues: util.dynamodb.toMapValues({
        ':pk': `${author.tenant}#${author.register}`,
        ':from': `${segments}#${padded(seq, SEQ_DIGITS)}`,
        ':to': `${segments}#999999999999`,
      }),
    },
    scanIndexForward: true,
    limit: 1,
    consistentRead: true,
  };
}

/** Two lines a record: its seal, its text. */
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (ctx.result.items.length === 0) return null;
  const { fromSeq, text } = ctx.result.items[0];
  const seal = JSON.parse(text.split('\n')[(ctx.args.seq - fromSeq) * 2]);
  return seal.hash;
}
