import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ResolverError } from '../src/resolvers/resolver-fault.ts';
import { loadResolver } from '../src/resolvers/resolver-runtime.ts';
import type { HandlerAnswer, ResolverContext } from '../src/resolvers/resolver-runtime.ts';

/** The API's golden files, in the form that AWS's EvaluateCode takes and gives: what it says there, our runtime says here. */
interface Fixture {
  name: string;
  code: string;
  function: 'request' | 'response';
  context: Partial<ResolverContext> & { arguments?: Record<string, unknown> };
  expected: {
    evaluationResult: unknown;
    error: { message: string; type: string; errorInfo: unknown } | null;
    stash: unknown;
    subscriptionFilter?: string;
  };
}

const API = dirname(createRequire(import.meta.url).resolve('@evertill/api/manifest.json'));
/** The instant and the id that the golden files name. */
const NEEDS = { nowMs: () => 1_772_445_600_000, uuid: () => '00000000-0000-4000-8000-000000000000' };

const fixtures = readdirSync(join(API, 'fixtures')).flatMap((file) =>
  (JSON.parse(readFileSync(join(API, 'fixtures', file), 'utf8')) as Fixture[]).map(
    (fixture) => [`${file} ${fixture.function}: ${fixture.name}`, fixture] as const,
  ),
);

type Outcome = Fixture['expected'];

function evaluate({ code, function: handler, context }: Fixture): Outcome {
  const loaded = loadResolver(code, readFileSync(join(API, code), 'utf8'), NEEDS);
  const args = context.arguments ?? {};
  const given: ResolverContext = {
    identity: null,
    source: null,
    stash: {},
    prev: { result: null },
    result: null,
    error: null,
    env: {},
    request: { headers: {}, domainName: null },
    info: { fieldName: '', parentTypeName: '', variables: {}, selectionSetList: [] },
    ...context,
    args,
  };
  try {
    const { value, stash, filter }: HandlerAnswer = loaded.call(handler, given);
    const answer = { evaluationResult: value.read(), error: null, stash };
    return filter === null ? answer : { ...answer, subscriptionFilter: JSON.stringify(filter) };
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    const { message, errorType: type, errorInfo } = error;
    return { evaluationResult: null, error: { message, type, errorInfo }, stash: given.stash };
  }
}

describe('the runtime and EvaluateCode', () => {
  it.each(fixtures)('%s', (_, fixture) => {
    const outcome = evaluate(fixture);
    // What a handler left in the stash before it raised an error is nobody's business: nothing reads it any more.
    const { stash, ...expected } = fixture.expected;
    expect(outcome).toEqual(fixture.expected.error ? { ...expected, stash: outcome.stash } : { ...expected, stash });
  });
});
