import { describe, expect, it } from 'vitest';
import { ResolverError, ResolverRefused } from './resolver-fault.ts';
import { loadResolver } from './resolver-runtime.ts';
import type { LoadedResolver, ResolverContext } from './resolver-runtime.ts';

const NEEDS = { nowMs: () => 1_790_000_000_123, uuid: () => 'an-id' };
const RESPONSE = 'export function response(ctx) { return ctx.result; }';

function load(request: string, response = RESPONSE): LoadedResolver {
  return loadResolver('test.js', `import { util, runtime } from '@aws-appsync/utils';\n${request}\n${response}`, NEEDS);
}

function context(args: Record<string, unknown> = {}): ResolverContext {
  return {
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
  return load(`export function request(ctx) { ${body} }`).call('request', context(args)).value.read();
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
    const { kind, value, stash } = loaded.call('request', context({ a: 1 }));
    expect([kind, value.read(), stash]).toEqual(['value', { a: 2 }, { seen: 1 }]);
  });

  it('raises typed errors, and appends others', () => {
    const error = errorOf(() => answer("util.error('no', 'HeadMoved', null, { seq: 7 });"));
    expect(error).toMatchObject({ message: 'no', errorType: 'HeadMoved', errorInfo: { seq: 7 } });
    const loaded = load("export function request(ctx) { util.appendError('hm', 'Odd'); return 1; }");
    expect(loaded.call('request', context()).appended).toMatchObject([{ message: 'hm', errorType: 'Odd' }]);
  });

  it('returns early', () => {
    const loaded = load('export function request(ctx) { runtime.earlyReturn({ done: true }); }');
    const { kind, value } = loaded.call('request', context());
    expect([kind, value.read()]).toEqual(['return', { done: true }]);
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

  it.each([
    ['a loop over a list that grows', 'const more = [1]; for (const one of more) { more.push(one); } return 1;'],
    ['the same without braces', 'const more = [1]; for (const one of more) more.push(one); return 1;'],
    ['loops that multiply', `${'for (const a of ctx.args.ten) '.repeat(9)} ctx.stash.a = a; return 1;`],
    ['for … in that multiplies', `${'for (const a in ctx.args.ten) '.repeat(9)} ctx.stash.a = a; return 1;`],
    ['callbacks that multiply', `const f = ${'() => ctx.args.ten.map('.repeat(9)}() => 1${')'.repeat(9)}; return f();`],
    ['a function that calls itself twice', 'const f = (n) => (n > 0 ? f(n - 1) + f(n - 1) : 1); return f(60);'],
    ['the same with a block', 'function f(n) { return n > 0 ? f(n - 1) + f(n - 1) : 1; } return f(60);'],
    ['a method', 'const o = { f(n) { return n > 0 ? o.f(n - 1) + o.f(n - 1) : 1; } }; return o.f(60);'],
    [
      'a getter',
      'const o = { n: 60, get f() { o.n = o.n - 1; return o.n > 0 ? o.f : 1; } }; const f = (n) => (n > 0 ? o.f + f(n - 1) + f(n - 1) : 1); return f(60);',
    ],
    ['a default of a parameter', 'const f = (n, more = n > 0 ? f(n - 1) + f(n - 1) : 1) => more; return f(60);'],
  ])('is stopped when it does not end: %s', (_, body) => {
    const error = errorOf(() => answer(body, { ten: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }));
    expect(error).toMatchObject({ errorType: 'Code', message: 'test.js: more than 100000 steps' });
  });

  it('is stopped when it calls itself without end', () => {
    expect(errorOf(() => answer('const f = (n) => f(n + 1) + 1; return f(0);')).errorType).toBe('Code');
  });

  it('has all its steps in every call, and needs no more than a page of documents takes', () => {
    const loaded = load(
      'export function request(ctx) { return ctx.args.ids.map((id) => ({ id })).filter(({ id }) => id % 2 === 0).length; }',
    );
    const ids = Array.from({ length: 20_000 }, (_, id) => id);
    for (let round = 0; round < 4; round++) expect(loaded.call('request', context({ ids })).value.read()).toBe(10_000);
  });

  it('answers the same with its steps counted', () => {
    const body = `
      const add = (a) => (b) => a + b; // a comment
      const object = (a) => ({ a });
      let sum = 0;
      for (const a of [1, 2]) for (const b in { x: 1, y: 2 }) sum = add(sum)(a)
      for (const a of [3]) sum = add(sum)(a);
      const later = function (a) { return a; }
      return [sum, object(1), [1, 2].map((a) => a * 2), later(7)];`;
    expect(answer(body)).toEqual([9, { a: 1 }, [2, 4], 7]);
  });

  it.each(['Date.now()', 'Promise', 'process', 'globalThis', 'setTimeout', 'RegExp', 'Symbol', 'Map', 'eval("1")'])(
    'has no %s',
    (expression) => {
      expect(errorOf(() => answer(`return ${expression};`)).errorType).toBe('Code');
    },
  );

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
    ['const __step = () => 1;', 'the name __step'],
    ['__step();', 'the name __step'],
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
