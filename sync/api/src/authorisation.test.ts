import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import manifest from '../manifest.json' with { type: 'json' };
import { evaluateCode } from './testing/evaluate-code.ts';

const register = { tenant: 'acme', store: 'berlin-1', register: 'berlin-1-r1', role: 'register' };
const channel = { tenant: 'acme', store: 'web', register: 'web-1', role: 'channel' };
const projector = { userArn: 'arn:aws:sts::1:assumed-role/projector/x', accountId: '1' };

type Case = {
  readonly args: object;
  readonly who: readonly ('register' | 'channel' | 'projector')[];
  readonly foreign?: object;
};

const segment = (name: string) => ({ input: { register: name, epoch: 1, fromSeq: 1, prevHash: '', records: [] } });

/** Per field: arguments that are fine, who may, and arguments that make it somebody else's. */
const cases: Record<string, Case> = {
  'Query.head': { args: { register: 'berlin-1-r1' }, who: ['register'], foreign: { register: 'berlin-1-r2' } },
  'Query.recordHash': {
    args: { register: 'berlin-1-r1', epoch: 1, seq: 1 },
    who: ['register'],
    foreign: { register: 'berlin-1-r2', epoch: 1, seq: 1 },
  },
  'Query.pull': {
    args: { collection: 'orders', scope: 'berlin-1' },
    who: ['register'],
    foreign: { collection: 'orders', scope: 'paris-1' },
  },
  'Query.findOrders': { args: { by: 'NUMBER', key: 'W-1' }, who: ['register', 'channel'] },
  'Query.publishedManifest': { args: { scope: 'berlin-1' }, who: ['register', 'channel'] },
  'Mutation.appendSegment': { args: segment('berlin-1-r1'), who: ['register'], foreign: segment('berlin-1-r2') },
  'Mutation.resumeTransaction': { args: { input: {} }, who: ['register'] },
  'Mutation.returnLine': { args: { input: {} }, who: ['register'] },
  'Mutation.handOver': { args: { input: {} }, who: ['register'] },
  'Mutation.releaseClaim': { args: { input: {} }, who: ['register'] },
  'Mutation.publishHint': {
    args: { input: { tenant: 'acme', store: 'berlin-1', collections: [] } },
    who: ['projector'],
  },
  'Subscription.onHint': { args: { store: 'berlin-1' }, who: ['register', 'channel'], foreign: { store: 'paris-1' } },
};

function ask(field: string, args: object, identity: object | null) {
  const [parentTypeName = '', fieldName = ''] = field.split('.');
  const info = { parentTypeName, fieldName };
  return evaluateCode({
    code: 'resolvers/authorise.js',
    function: 'request',
    context: { arguments: args, info, identity },
  });
}

const identities = { register: { claims: register }, channel: { claims: channel }, projector };

test('every field of the schema has its case, and begins with authorise', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(manifest.fields).sort());
  for (const { pipeline } of Object.values(manifest.fields)) expect(pipeline[0]).toBe('authorise');
});

describe.each(Object.entries(cases))('%s', (field, { args, who, foreign }) => {
  test.each(who)('a %s may', (name) => {
    const { error, stash } = ask(field, args, identities[name]);
    expect(error).toBeNull();
    const author = name === 'projector' ? {} : { author: identities[name].claims };
    expect(stash).toEqual(author);
  });

  const others = (['register', 'channel', 'projector'] as const).filter((name) => !who.includes(name));
  test.each(others)('a %s may not', (name) => {
    expect(ask(field, args, identities[name]).error?.type).toBe('NotAuthorised');
  });

  test.each([
    ['nobody', null],
    ['a token without claims', { claims: {} }],
    ['a token without a tenant', { claims: { ...register, tenant: undefined } }],
    ['a token without a store', { claims: { ...register, store: '' } }],
    ['a token without a register', { claims: { ...register, register: undefined } }],
    ['a role that does not exist', { claims: { ...register, role: 'manager' } }],
    ['a role that is a property of every object', { claims: { ...register, role: 'constructor' } }],
  ])('%s may not', (_, identity) => {
    expect(ask(field, args, identity).error?.type).toBe('NotAuthorised');
  });

  if (foreign) {
    test('what the token says wins over an argument that says otherwise', () => {
      expect(ask(field, foreign, identities.register).error?.type).toBe('NotAuthorised');
    });
  }
});

describe('pull', () => {
  test("a channel may see every store's stock, a register its neighbours'; orders stay in their store", () => {
    const pull = (collection: string, scope: string, name: 'register' | 'channel') =>
      ask('Query.pull', { collection, scope }, identities[name]).error?.type ?? null;
    expect(pull('stock', 'paris-1', 'register')).toBeNull();
    expect(pull('stock', 'berlin-1', 'channel')).toBeNull();
    expect(pull('orders', 'berlin-1', 'channel')).toBe('NotAuthorised');
    expect(pull('suspended', 'paris-1', 'register')).toBe('NotAuthorised');
  });

  test.each(['customers', '', '__proto__', 'constructor', 'stock#berlin-1'])(
    'there is no collection %j',
    (collection) => {
      expect(ask('Query.pull', { collection, scope: 'berlin-1' }, identities.register).error?.type).toBe('Malformed');
    },
  );
});

test('no resolver but authorise reads who asks', () => {
  const root = fileURLToPath(new URL('../', import.meta.url));
  for (const [name, { code }] of Object.entries(manifest.functions)) {
    if (name === 'authorise') continue;
    expect(readFileSync(`${root}${code}`, 'utf8'), code).not.toContain('ctx.identity');
  }
});
