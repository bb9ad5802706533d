import { describe, expect, it } from 'vitest';
import { ResolverError, ResolverRefused } from './resolver-fault.ts';
import { loadResolver } from './resolver-runtime.ts';
import type { LoadedResolver, ResolverContext } from './resolver-runtime.ts';

const NEEDS = { nowMs: () => 1_790_000_000_123, uuid: () => 'an-id', handlerTimeoutMs: 100 };
const RESPONSE = 'export function response(ctx) { return ctx.result; }';

function load(request: string, response = RESPONSE): LoadedResolver {
  return loadResolver('test.js', `import { util, runtime } from '@aws-appsync/utils';\n${request}\n${response}`, NEEDS);
}

function context(args: Record<string, unknown> = {}): ResolverContext {
  return {
    arguments: args,
    args,
    identity: null,
    source: null,
    stash: {},
    prev: null,
    env: {},
    request: { headers: {}, domainName: null },
    info: { fieldName: 'f', parentTypeName: 'Query', variables: {}, selectionSetList: [] },
  };
}

function answer(body: string, args: Record<string, unknown> = {}): unknown {
  return load(`export function request(ctx) { ${body} }`).call('request', context(args)).value;
}

function errorOf(work: () => unknown): ResolverError {
  try {
    work();
  } catch (error) {
    if (error instanceof ResolverError) return error;
    throw error;
  }
  throw new Error('No error');
}

describe('a resolver', () => {
  it('sees its arguments, keeps a stash, and answers JSON', () => {
    const loaded = load('export function request(ctx) { ctx.stash.seen = ctx.args.a; return { a: ctx.args.a + 1 }; }');
    expect(loaded.call('request', context({ a: 1 }))).toMatchObject({
      kind: 'value',
      value: { a: 2 },
      stash: { seen: 1 },
    });
  });

  it('raises typed errors, and appends others', () => {
    const error = errorOf(() => answer("util.error('no', 'HeadMoved', null, { seq: 7 });"));
    expect(error).toMatchObject({ message: 'no', errorType: 'HeadMoved', errorInfo: { seq: 7 } });
    const loaded = load("export function request(ctx) { util.appendError('hm', 'Odd'); return 1; }");
    expect(loaded.call('request', context()).appended).toMatchObject([{ message: 'hm', errorType: 'Odd' }]);
  });

  it('returns early', () => {
    const loaded = load('export function request(ctx) { runtime.earlyReturn({ done: true }); }');
    expect(loaded.call('request', context())).toMatchObject({ kind: 'return', value: { done: true } });
  });

  it('writes attributes, `__proto__` among them', () => {
    const values = answer('return util.dynamodb.toMapValues(ctx.args.map);', {
      map: JSON.parse('{"s":"a","n":1.5,"b":true,"z":null,"l":["x",1],"__proto__":{"polluted":"yes"}}'),
    });
    expect(JSON.stringify(values)).toBe(
      '{"s":{"S":"a"},"n":{"N":1.5},"b":{"BOOL":true},"z":{"NULL":true},"l":{"L":[{"S":"x"},{"N":1}]},"__proto__":{"M":{"polluted":{"S":"yes"}}}}',
    );
  });

  it('has a clock, in ISO too', () => {
    expect(answer('return [util.time.nowISO8601(), util.time.nowEpochSeconds(), util.autoId()];')).toEqual([
      new Date(NEEDS.nowMs()).toISOString(),
      1_790_000_000,
      'an-id',
    ]);
  });

  it('is stopped when it does not end', () => {
    const body = 'const more = [1]; for (const one of more) { more.push(one); } return 1;';
    expect(errorOf(() => answer(body)).errorType).toBe('Code');
  });

  it.each([
    'Date.now()',
    'Promise',
    'process',
    'globalThis',
    'setTimeout',
    'RegExp',
    'Symbol',
    'Map',
    'eval("1")',
    '__run()',
  ])('has no %s', (expression) => {
    expect(errorOf(() => answer(`return ${expression};`)).errorType).toBe('Code');
  });

  it('has no way to code from text, nor to what all resolvers share', () => {
    expect(errorOf(() => answer('return util.autoId.constructor("return 1")();')).errorType).toBe('Code');
    expect(errorOf(() => answer('Object.prototype.x = 1;')).errorType).toBe('Code');
  });
});

describe('a file is refused', () => {
  it.each([
    ['try { return 1; } finally { }', 'try'],
    ['throw 1;', 'throw'],
    ['return new Date();', 'new'],
    ['while (true) {}', 'while'],
    ['for (let i = 0; i < 3; i += 1) {}', 'for (;;)'],
    ['let i = 0; i++;', '++ and --'],
    ['return /a/;', 'a regular expression'],
    ['return this;', 'this'],
    ["return 'a' in ctx;", 'the operator in'],
    ['return ~1;', 'the operator ~'],
    ['const f = async () => 1;', 'async'],
    ['for (const a of []) { continue; }', 'continue'],
    ['class A {}', 'a class'],
  ])('for %s', (body, reason) => {
    expect(() => answer(body)).toThrow(ResolverRefused);
    expect(() => answer(body)).toThrow(reason);
  });

  it('for its imports, its exports, its memory and its size', () => {
    const refused = (code: string): unknown =>
      expect(() => loadResolver('test.js', code, NEEDS)).toThrow(ResolverRefused);
    const both = `export function request() { return {}; }\n${RESPONSE}`;
    refused(`import fs from 'node:fs';\n${both}`);
    refused(`import { nothing } from '@aws-appsync/utils';\n${both}`);
    refused('export function request() { return {}; }');
    refused(`let count = 0;\n${both}`);
    refused(`${both}\n// ${'x'.repeat(32 * 1024)}`);
    refused('export function request( {');
  });
});
