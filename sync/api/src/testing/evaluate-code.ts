import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/** What AppSync's EvaluateCode is given. */
export type Evaluation = {
  /** Path of the resolver within this package. */
  readonly code: string;
  readonly function: 'request' | 'response';
  readonly context: {
    readonly arguments?: object;
    readonly identity?: object | null;
    readonly info?: { readonly fieldName: string; readonly parentTypeName: string };
    readonly stash?: object;
    readonly prev?: { readonly result: unknown };
    readonly result?: unknown;
    readonly error?: { readonly message: string; readonly type: string };
    readonly env?: { readonly [name: string]: string };
  };
};

/** What it answers, with JSON texts read. `subscriptionFilter` is what AppSync keeps to itself. */
export type Evaluated = {
  readonly evaluationResult: unknown;
  readonly error: { readonly message: string; readonly type: string; readonly errorInfo: unknown } | null;
  readonly stash: unknown;
  readonly subscriptionFilter?: unknown;
};

/** In place of AWS's own: what a golden file can name. */
export const EVALUATED_AT_S = 1_772_445_600;
export const EVALUATED_ID = '00000000-0000-4000-8000-000000000000';

const DEADLINE_MS = 1000;

/**
 * EvaluateCode at a desk: runs one function of a resolver as it is deployed. Only what the resolvers here use is there, so a resolver
 * that begins to use more fails. It answers in JSON, as AWS does: what JSON cannot say is lost on the way.
 */
export function evaluateCode({ code, function: name, context }: Evaluation): Evaluated {
  const { arguments: args = {}, stash = {}, env = {}, ...rest } = context;
  // An argument that was left away is not there; one that was given as null is.
  const ctx = structuredClone({
    identity: null,
    prev: { result: null },
    result: null,
    error: null,
    ...rest,
    args,
    stash,
    env,
  });
  let filter: unknown;
  const sandbox = createContext({
    ctx,
    ...runtimeOf((given) => {
      filter = given;
    }),
  });
  const text = readFileSync(`${PACKAGE}${code}`, 'utf8')
    .replace(/^import .* from '@aws-appsync\/utils';$/m, '')
    .replace(/^export /gm, '');
  let error: Evaluated['error'] = null;
  let result: unknown = null;
  try {
    result = new Script(`${text}\n${name}(ctx);`, { filename: code }).runInContext(sandbox, { timeout: DEADLINE_MS });
  } catch (thrown) {
    if (thrown instanceof EarlyReturn) result = thrown.value;
    else if (thrown instanceof ResolverError) error = thrown.answer;
    else throw thrown;
  }
  const answer = { evaluationResult: result ?? null, error, stash: ctx.stash };
  return JSON.parse(
    JSON.stringify(filter === undefined ? answer : { ...answer, subscriptionFilter: filter }),
  ) as Evaluated;
}

class EarlyReturn {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

class ResolverError {
  readonly answer: NonNullable<Evaluated['error']>;
  constructor(message: string, type: string, errorInfo: unknown) {
    this.answer = { message, type, errorInfo: errorInfo ?? null };
  }
}

function runtimeOf(keepFilter: (filter: unknown) => void): object {
  return {
    util: {
      error(message: string, type: string, _data?: unknown, errorInfo?: unknown) {
        throw new ResolverError(message, type, errorInfo);
      },
      autoId: () => EVALUATED_ID,
      time: { nowEpochSeconds: () => EVALUATED_AT_S },
      dynamodb: { toMapValues: (values: object) => mapValues(values) },
      transform: { toSubscriptionFilter },
    },
    runtime: {
      earlyReturn(value: unknown) {
        throw new EarlyReturn(value);
      },
    },
    extensions: { setSubscriptionFilter: keepFilter },
  };
}

function mapValues(values: object): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typed(value)]));
}

/** DynamoDB's attribute values, numbers as AppSync writes them. */
function typed(value: unknown): object {
  if (value === null || value === undefined) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(typed) };
  return { M: mapValues(value as object) };
}

function toSubscriptionFilter(filter: { readonly [field: string]: { readonly eq: unknown } }): string {
  const filters = Object.entries(filter).map(([fieldName, { eq }]) => ({ fieldName, operator: 'eq', value: eq }));
  return JSON.stringify({ filterGroup: [{ filters }] });
}
