import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { revoke } from '../src/enrolment.ts';
import { loadHubApi } from '../src/hub-api.ts';
import { APPEND, assertionOf, enrol, graphql, post, segmentInput, startTestHub, tokenFor } from './test-hub.ts';
import type { TestHub } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const journal = exampleJournal([20], key).map(({ sealed }) => sealed);
const HEAD = 'query Head($register: ID!) { head(register: $register) { epoch seq hash } }';

let test: TestHub;

beforeEach(async () => {
  test = await startTestHub();
});

afterEach(async () => {
  await test.close();
});

async function enrolled(): Promise<string> {
  await enrol(test, author, key);
  return tokenFor(test.hub, author, key);
}

describe('the journal lane, through the files that AWS gets', () => {
  it('[I1][I3] takes a segment, once, and shows the head it leads to', async () => {
    const token = await enrolled();
    const send = (): ReturnType<typeof graphql> =>
      graphql(test.hub, token, APPEND, { input: segmentInput(author.register, journal.slice(0, 8)) });
    const head = { register: author.register, epoch: 1, seq: 8, hash: journal[7]?.hash, contested: false };
    expect((await send()).body).toEqual({ data: { appendSegment: { accepted: 8, duplicate: 0, head } } });
    expect((await send()).body).toEqual({ data: { appendSegment: { accepted: 0, duplicate: 8, head } } });
    const { body } = await graphql(test.hub, token, HEAD, { register: author.register });
    expect(body).toEqual({ data: { head: { epoch: 1, seq: 8, hash: journal[7]?.hash } } });
    expect(test.faults).toEqual([]);
  });

  it('[I4] refuses what is altered, and what leaves a gap, in typed words; nothing is written', async () => {
    const token = await enrolled();
    const altered = journal.slice(0, 3).map((record) => ({ ...record, text: record.text.replace('acme', 'acmf') }));
    const broken = await graphql(test.hub, token, APPEND, { input: segmentInput(author.register, altered) });
    expect(broken.body).toMatchObject({
      data: null,
      errors: [{ errorType: 'SegmentBroken', path: ['appendSegment'] }],
    });
    const gap = await graphql(test.hub, token, APPEND, { input: segmentInput(author.register, journal.slice(4, 6)) });
    expect(gap.body).toMatchObject({ errors: [{ errorType: 'HeadMoved', errorInfo: { seq: 0 } }] });
    const { body } = await graphql(test.hub, token, HEAD, { register: author.register });
    expect(body).toEqual({ data: { head: null } });
  });

  it('[I4] of two that race for one place lets one win', async () => {
    const token = await enrolled();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        graphql(test.hub, token, APPEND, { input: segmentInput(author.register, journal.slice(0, 5)) }),
      ),
    );
    const accepted = answers.map(({ body }) => JSON.stringify(body).includes('"accepted":5'));
    expect(accepted.filter(Boolean)).toHaveLength(1);
    expect((await graphql(test.hub, token, HEAD, { register: author.register })).body).toMatchObject({
      data: { head: { seq: 5 } },
    });
  });
});

describe('who may', () => {
  it.each([
    ['nobody', ''],
    ['garbage', 'x.y.z'],
    [
      'an unsigned token',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"tenant":"acme"}').toString('base64url')}.`,
    ],
  ])('%s is not let in', async (_, token) => {
    await enrolled();
    const { status, body } = await graphql(test.hub, token, HEAD, { register: author.register });
    expect(status).toBe(401);
    expect(body).toMatchObject({ errors: [{ errorType: 'UnauthorizedException' }] });
  });

  it('a token of another hub is foreign here', async () => {
    const other = await startTestHub();
    try {
      await enrol(other, author, key);
      await enrolled();
      const token = await tokenFor(other.hub, author, key);
      expect((await graphql(test.hub, token, HEAD, { register: author.register })).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  it('another register is not oneself', async () => {
    const token = await enrolled();
    const { body } = await graphql(test.hub, token, HEAD, { register: 'berlin-1-r2' });
    expect(body).toMatchObject({ errors: [{ errorType: 'NotAuthorised' }] });
  });

  it('only the projector publishes hints', async () => {
    const token = await enrolled();
    const { body } = await graphql(
      test.hub,
      token,
      'mutation { publishHint(input: {tenant: "acme", store: "berlin-1", collections: []}) { store } }',
    );
    expect(body).toMatchObject({ data: null, errors: [{ errorType: 'Unauthorized' }] });
  });

  it('a revoked register is out at once, token or not', async () => {
    const token = await enrolled();
    const { tables } = loadHubApi(
      test.folder,
      () => Date.now(),
      () => undefined,
    );
    expect(revoke(tables, author.tenant, author.register)).toBe(true);
    expect((await graphql(test.hub, token, HEAD, { register: author.register })).status).toBe(401);
    const { body } = await post(`${test.hub.url}/token`, { assertion: assertionOf(test.hub, author, key) });
    expect(body).toEqual({ ok: false, error: { code: 'not-enrolled' } });
  });

  it('an assertion serves once, for this hub, while it is fresh, from the enrolled key', async () => {
    await enrolled();
    const nowSeconds = Math.floor(Date.now() / 1000);
    const exchange = async (assertion: string): Promise<unknown> =>
      (await post(`${test.hub.url}/token`, { assertion })).body.ok;
    const once = assertionOf(test.hub, author, key);
    expect(await exchange(once)).toBe(true);
    expect(await exchange(once)).toBe(false);
    expect(await exchange(assertionOf(test.hub, author, key, { aud: 'http://elsewhere' }))).toBe(false);
    expect(await exchange(assertionOf(test.hub, author, key, { iat: nowSeconds - 900, exp: nowSeconds + 60 }))).toBe(
      false,
    );
    expect(await exchange(assertionOf(test.hub, author, key, { exp: nowSeconds + 86_400 }))).toBe(false);
    expect(await exchange(assertionOf(test.hub, author, exampleKey(2)))).toBe(false);
  });
});

describe('enrolment', () => {
  it('takes a code once, for one key, and the same key again', async () => {
    const { Enrolment } = await import('../src/enrolment.ts');
    const code = new Enrolment(test.folder.enrolment, () => Date.now()).issue(author, (bytes) =>
      Buffer.alloc(bytes, 7),
    );
    const redeem = async (publicKey: string, as = code): Promise<[number, unknown]> => {
      const { status, body } = await post(`${test.hub.url}/enrol`, { code: as, publicKey });
      return [status, (body.error as { code?: string } | undefined)?.code ?? 'ok'];
    };
    expect(await redeem(key.publicKey, 'AAAA-AAAA')).toEqual([403, 'code-unknown']);
    expect(await redeem(key.publicKey, code.toLowerCase().replace('-', ' '))).toEqual([200, 'ok']);
    expect(await redeem(key.publicKey)).toEqual([200, 'ok']);
    expect(await redeem(exampleKey(2).publicKey)).toEqual([403, 'code-used']);
    for (let attempt = 0; attempt < 8; attempt++) await redeem(key.publicKey, `WRNG-000${attempt}`);
    expect(await redeem(key.publicKey)).toEqual([429, 'too-many-attempts']);
  });
});

describe('bad input', () => {
  it.each([
    ['no JSON', '{', 400],
    ['no query', '{}', 400],
    ['no GraphQL', { query: 'query {' }, 400],
    ['an unknown field', { query: '{ nothing }' }, 200],
    ['introspection', { query: '{ __schema { types { name } } }' }, 200],
    ['a missing operation', { query: 'query A { head(register: "a") { seq } }', operationName: 'B' }, 200],
    ['too many tokens', { query: `{ ${'head(register: "a") { seq } '.repeat(400)} }` }, 400],
    [
      'a wall of aliases',
      { query: `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: head(register: "r") { seq }`).join(' ')} }` },
      200,
    ],
    ['a subscription over HTTP', { query: 'subscription { onHint(store: "s") { store } }' }, 200],
    [
      'a polluted input',
      '{"query":"query H($register: ID!) { head(register: $register) { seq } }","variables":{"__proto__":{"register":"x"}}}',
      200,
    ],
  ])('%s is answered in typed words', async (_, body, status) => {
    const token = await enrolled();
    const answer = await post(`${test.hub.url}/graphql`, body, { authorization: token });
    expect(answer.status).toBe(status);
    const [error] = answer.body.errors as { message: string; errorType: string | null }[];
    expect(error?.message).toEqual(expect.any(String));
    expect(error).toHaveProperty('errorType');
    expect(test.faults).toEqual([]);
  });

  it('a body that is too large is not read to its end', async () => {
    const token = await enrolled();
    const answer = await post(`${test.hub.url}/graphql`, 'x'.repeat(2_000_000), { authorization: token });
    expect(answer).toMatchObject({ status: 413, body: { errors: [{ errorType: 'TooLarge' }] } });
  });
});

describe('the disk', () => {
  it('[I14] when full is said in words, and the hub goes on when there is room', async () => {
    const token = await enrolled();
    const pages = Number(test.folder.tables.pragma('page_count'));
    test.folder.tables.exec(`PRAGMA max_page_count = ${pages}`);
    const input = segmentInput(author.register, journal);
    const { body } = await graphql(test.hub, token, APPEND, { input });
    expect(body).toMatchObject({ data: null, errors: [{ errorType: 'DiskFull' }] });
    test.folder.tables.exec('PRAGMA max_page_count = 1000000');
    expect((await graphql(test.hub, token, APPEND, { input })).body).toMatchObject({
      data: { appendSegment: { accepted: journal.length } },
    });
    const health = await fetch(`${test.hub.url}/health`);
    expect(await health.json()).toMatchObject({ ok: true, problem: null });
  });
});
