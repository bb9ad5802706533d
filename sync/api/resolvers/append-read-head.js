import { util } from '@aws-appsync/utils';

const RECORDS_MAX = 50;
/** An author with more epochs than this has an older parent taken for an unknown one: its epoch is contested, not lost. */
const HEADS_READ_MAX = 100;

/** Reads the author's enrolment and the heads of its epochs in one consistent query. */
export function request(ctx) {
  const { author } = ctx.stash;
  const { records, epoch, fromSeq } = ctx.args.input;
  if (records.length === 0 || epoch < 1 || fromSeq < 1) util.error('a segment begins somewhere', 'Malformed');
  if (records.length > RECORDS_MAX) util.error(`more than ${RECORDS_MAX} records`, 'TooLarge');
  return {
    operation: 'Query',
    query: {
      expression: 'pk = :pk AND begins_with(sk, :head)',
      expressionValues: util.dynamodb.toMapValues({ ':pk': `${author.tenant}#${author.register}`, ':head': 'head' }),
    },
    // Newest epoch first; the enrolment (`head~enrolled`) sorts after every `head#…`, so it comes before them.
    scanIndexForward: false,
    limit: HEADS_READ_MAX,
    consistentRead: true,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const enrolments = ctx.result.items.filter((item) => item.sk === 'head~enrolled');
  const heads = ctx.result.items.filter((item) => item.sk !== 'head~enrolled');
  return { enrolment: enrolments.length > 0 ? enrolments[0] : null, heads };
}
