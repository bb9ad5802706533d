import { createHash, createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chainFact, hashText } from '@evertill/journal';
import type { SealedRecord, SigningKey } from '@evertill/journal';
import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { exampleBasis, exampleSale } from '@evertill/records/testing';
import { chooseSeed, fuzzRounds, seededRandom, withPrintedSeed } from '@evertill/testkit';
import type { SeededRandom } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderInUse, openDataFolder } from '../src/data-folder.ts';
import { REFUSALS_LOGGED_MAX } from '../src/refusal-log.ts';
import { startLoggedHub } from './logged-hub.ts';
import type { LoggedHub } from './logged-hub.ts';
import { APPEND, enrol, graphql, post, segmentInput, tokenFor } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const chained = exampleJournal([20], key);
const journal = chained.map(({ sealed }) => sealed);
const HEAD = 'query Head($register: ID!, $epoch: Int) { head(register: $register, epoch: $epoch) { epoch seq hash } }';
const MINUTE_MS = 60_000;

let hub: LoggedHub;
let token: string;

beforeEach(async () => {
  hub = await startLoggedHub();
  await enrol(hub, author, key);
  token = await tokenFor(hub.hub, author, key);
});

afterEach(async () => {
  // Whatever was sent, it was the sender's fault and no fault of the hub; and nobody's prototype grew.
  expect(hub.lines().filter(({ level }) => level === 'error')).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { isManager?: boolean }).isManager).toBeUndefined();
  await hub.close();
});

/** Sends, expects to be refused in typed words of bounded length, to find nothing written, and a line in the log. */
async function expectRefused(send: () => Promise<{ status: number; body: Record<string, unknown> }>): Promise<string> {
  // What was accepted before may still be on its way into the views.
  await hub.hub.settled();
  const kept = hub.kept();
  const logged = hub.lines().length;
  const { status, body } = await send();
  const [error] = body.errors as { message: string; errorType: string | null }[];
  expect(error).toHaveProperty('errorType');
  expect(JSON.stringify(body).length).toBeLessThan(6_000);
  expect(hub.kept()).toBe(kept);
  expect(hub.lines().slice(logged)).toContainEqual(expect.objectContaining({ level: 'warn', event: 'refused' }));
  return `${status} ${error?.errorType ?? 'untyped'}`;
}

const input = segmentInput(author.register, journal.slice(0, 3)) as Record<string, unknown>;
const deep = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);

describe('requests', () => {
  test.each<[string, string | object, string]>([
    ['half a JSON', '{"query":', '400 MalformedHttpRequestException'],
    [
      'NaN',
      '{"query":"query H($e:Int){head(register:\\"a\\",epoch:$e){seq}}","variables":{"e":NaN}}',
      '400 MalformedHttpRequestException',
    ],
    ['a list', '[]', '400 MalformedHttpRequestException'],
    ['a query that is a number', { query: 7 }, '400 MalformedHttpRequestException'],
    ['variables that are a list', { query: HEAD, variables: [1] }, '400 MalformedHttpRequestException'],
    ['a document with a NUL', { query: '{ head\u0000(register: "a") { seq } }' }, '400 MalformedHttpRequestException'],
    ['brackets, half a million deep', deep(500_000, '[', ']'), '400 MalformedHttpRequestException'],
    ['a document that is all depth', { query: deep(330, '{a', '}') }, '200 ValidationError'],
    [
      'a document that is all brackets',
      { query: `{ head(register: ${deep(480, '[', ']')}) { seq } }` },
      '200 ValidationError',
    ],
    [
      'a list type without end',
      { query: `query H($a: ${deep(480, '[', ']').replace('[]', '[Int]')}) { head(register: "a") { seq } }` },
      '200 ValidationError',
    ],
    [
      'fragments in a circle',
      { query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' },
      '200 ValidationError',
    ],
    ['a name of half a megabyte', { query: `{ ${'n'.repeat(500_000)} }` }, '200 ValidationError'],
    ["another version's field", { query: '{ head(register: "a") { seq signedAt } }' }, '200 ValidationError'],
    [
      'an epoch that is a text',
      { query: HEAD, variables: { register: author.register, epoch: '1' } },
      '200 ValidationError',
    ],
    [
      'an epoch beyond an Int',
      { query: HEAD, variables: { register: author.register, epoch: 2 ** 31 } },
      '200 ValidationError',
    ],
    [
      'an epoch and a half',
      { query: HEAD, variables: { register: author.register, epoch: 1.5 } },
      '200 ValidationError',
    ],
    [
      'an infinite epoch',
      `{"query":${JSON.stringify(HEAD)},"variables":{"register":"a","epoch":1e999}}`,
      '200 ValidationError',
    ],
    [
      'half a megabyte for an epoch',
      { query: HEAD, variables: { register: 'a', epoch: 'x'.repeat(500_000) } },
      '200 ValidationError',
    ],
    [
      'a register that is an object',
      `{"query":${JSON.stringify(HEAD)},"variables":{"register":{"__proto__":{"isManager":true}}}}`,
      '200 ValidationError',
    ],
    [
      'a register with control bytes',
      { query: HEAD, variables: { register: 'r1\u0000\u001b[2J\n"' } },
      '200 NotAuthorised',
    ],
    [
      'a variable 100,000 deep',
      `{"query":${JSON.stringify(HEAD)},"variables":{"register":${deep(100_000, '[', ']')}}}`,
      '200 ValidationError',
    ],
    ['a field that only the prototype has', { query: '{ constructor }' }, '200 ValidationError'],
    [
      'an operation that only the prototype has',
      { query: `${HEAD} query B { __typename }`, operationName: '__proto__' },
      '200 BadRequestException',
    ],
  ])('%s', async (_, body, expected) => {
    expect(await expectRefused(() => post(`${hub.hub.url}/graphql`, body, { authorization: token }))).toBe(expected);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no records', { records: [] }, '200 Malformed'],
    ['an epoch before the first', { epoch: 0 }, '200 Malformed'],
    ['a sequence before the first', { fromSeq: -1 }, '200 Malformed'],
    ['51 records', { records: Array.from({ length: 51 }, () => journal[0]) }, '200 TooLarge'],
    ['a record of 400 KB', { records: [{ ...journal[0], text: 'x'.repeat(400_000) }] }, '200 TooLarge'],
    ['a text that is no JSON', { records: [{ ...journal[0], text: 'sale' }] }, '200 SegmentBroken'],
    [
      'a text for the prototype',
      { records: [{ ...journal[0], text: '{"__proto__":{"isManager":true}}' }] },
      '200 SegmentBroken',
    ],
    ['a text 90,000 deep', { records: [{ ...journal[0], text: deep(90_000, '[', ']') }] }, '200 SegmentBroken'],
    ['a text with a lone surrogate', { records: [{ ...journal[0], text: '{"a":"\ud800"}' }] }, '200 SegmentBroken'],
    ['a seal with control bytes', { records: [{ ...journal[0], hash: '\u0000\u009b\u2028' }] }, '200 SegmentBroken'],
    ['a field nobody knows', { isManager: true }, '200 ValidationError'],
    ['records that are texts', { records: ['x'] }, '200 ValidationError'],
  ])('a segment with %s', async (_, change, expected) => {
    expect(await expectRefused(() => graphql(hub.hub, token, APPEND, { input: { ...input, ...change } }))).toBe(
      expected,
    );
  });

  test('[I3] 500 at random leave nothing that is not ours, and the one after them is served', async () => {
    await withPrintedSeed(async (seed) => {
      const random = seededRandom(seed);
      const kept = hub.kept();
      const text = JSON.stringify({ query: APPEND, variables: { input } });
      let harmless = 0;
      for (let round = 0; round < fuzzRounds(500); round += 1) {
        const { status, body } = await post(`${hub.hub.url}/graphql`, spoilt(text, random), { authorization: token });
        expect([200, 400]).toContain(status);
        harmless += body.errors ? 0 : 1;
        if (!body.errors) expect(JSON.stringify(body)).toContain(journal[2]!.hash);
      }
      // A comma between two fields of the document means nothing, for one.
      expect(harmless).toBeLessThan(fuzzRounds(500) / 10);
      if (harmless === 0) expect(hub.kept()).toBe(kept);
      const { body } = await graphql(hub.hub, token, APPEND, { input });
      expect(body).toMatchObject({ data: { appendSegment: { head: { seq: 3, hash: journal[2]!.hash } } } });
      // Many were refused, and the log did not grow with them.
      expect(hub.lines().length).toBeLessThan(REFUSALS_LOGGED_MAX + 20);
      hub.advance(2 * MINUTE_MS);
      await graphql(hub.hub, '', HEAD, {});
      expect(hub.lines()).toContainEqual(expect.objectContaining({ event: 'refusals-not-logged' }));
    }, chooseSeed());
  });

  test('every line of the log is one line, whatever stood in the request', async () => {
    await graphql(hub.hub, token, HEAD, { register: 'a\n{"level":"error"}\u001b[2J\u009b\u2028\u007f' });
    await graphql(hub.hub, token, `{ ${'n'.repeat(100_000)} }`);
    expect(hub.text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
    expect(
      Math.max(
        ...hub
          .text()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(3_000);
  });
});

/** A request with a few characters put in, taken out or exchanged, inside the part that says something. */
function spoilt(text: string, random: SeededRandom): string {
  const pieces = [
    '"',
    '{',
    '}',
    '[',
    ']',
    '\\u0000',
    '\u0007',
    '1e999',
    '-',
    'null',
    '__proto__',
    '\ud83d',
    'NaN',
    ',',
  ];
  let spoiled = text;
  for (let times = 1 + random.int(4); times > 0; times -= 1) {
    const at = random.int(spoiled.length);
    spoiled = spoiled.slice(0, at) + random.pick(pieces) + spoiled.slice(at + random.int(3));
  }
  return spoiled;
}

describe('tokens', () => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const partsOf = (jwt: string): Record<string, unknown>[] =>
    jwt.split('.', 2).map((text) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>);

  function es256(header: object, payload: object, privateKey: KeyObject): string {
    const signed = `${part(header)}.${part(payload)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  const forgeries: [string, string, () => string][] = [
    ['none at all', 'none', () => ''],
    ['no JWT', 'ERR_JWS_INVALID', () => 'Bearer x'],
    [
      'alg none',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      () => `${part({ ...partsOf(token)[0], alg: 'none' })}.${token.split('.')[1]}.`,
    ],
    ['HS256 with the public key', 'ERR_JOSE_ALG_NOT_ALLOWED', () => hs256()],
    [
      'another key under the same name',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      () => es256(partsOf(token)[0]!, partsOf(token)[1]!, foreignKey()),
    ],
    [
      'a key that it brings along',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      () =>
        es256(
          { ...partsOf(token)[0], jwk: createPublicKey(foreignKey()).export({ format: 'jwk' }) },
          partsOf(token)[1]!,
          foreignKey(),
        ),
    ],
    [
      'a key that nobody knows',
      'ERR_JWKS_NO_MATCHING_KEY',
      () => es256({ ...partsOf(token)[0], kid: 'mine' }, partsOf(token)[1]!, foreignKey()),
    ],
    ['another issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => ours({ iss: 'http://elsewhere' })],
    ['another audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => ours({ aud: 'somebody' })],
    ['no end', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => ours({ exp: undefined })],
    ['an end long ago', 'ERR_JWT_EXPIRED', () => ours({ exp: 1 })],
    ['a beginning to come', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => ours({ nbf: 4_000_000_000 })],
    ['another tenant', 'revoked', () => ours({ tenant: 'evil', sub: 'evil/berlin-1-r1' })],
    ['another store', 'revoked', () => ours({ store: 'hamburg-1' })],
    ['another role', 'revoked', () => ours({ role: 'channel' })],
    ['claims that are objects', 'claims', () => ours({ tenant: { acme: true } })],
    ['claims that would split a key', 'revoked', () => ours({ tenant: 'acme#berlin-1-r1', register: 'x' })],
    ['a payload that was exchanged', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', () => exchanged()],
  ];
  const ours = (claims: object): string =>
    es256(partsOf(token)[0]!, { ...partsOf(token)[1], ...claims }, hub.folder.signingKey);
  let foreign: KeyObject | undefined;
  const foreignKey = (): KeyObject => (foreign ??= generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);

  function hs256(): string {
    const signed = `${part({ ...partsOf(token)[0], alg: 'HS256' })}.${token.split('.')[1]}`;
    const secret = createPublicKey(hub.folder.signingKey).export({ type: 'spki', format: 'pem' });
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  function exchanged(): string {
    const [header, , signature] = token.split('.');
    return `${header}.${part({ ...partsOf(token)[1], role: 'operator' })}.${signature}`;
  }

  test.each(forgeries)('%s: refused, and the log says %s', async (_, why, forge) => {
    const forged = forge();
    const answer = await expectRefused(() => graphql(hub.hub, forged, HEAD, { register: author.register }));
    expect(answer).toBe('401 UnauthorizedException');
    expect(hub.lines()[hub.lines().length - 1]).toMatchObject({ what: 'token', why });
    const { body } = await graphql(hub.hub, token, HEAD, { register: author.register });
    expect(body).toEqual({ data: { head: null } });
  });

  test('a token ends after a quarter of an hour, however often it served', async () => {
    hub.advance(14 * MINUTE_MS);
    expect((await graphql(hub.hub, token, HEAD, { register: author.register })).status).toBe(200);
    hub.advance(2 * MINUTE_MS);
    expect(await expectRefused(() => graphql(hub.hub, token, HEAD, { register: author.register }))).toBe(
      '401 UnauthorizedException',
    );
    expect(hub.lines()[hub.lines().length - 1]).toMatchObject({ why: 'ERR_JWT_EXPIRED', who: 'acme/berlin-1-r1' });
  });

  test('the same register of another tenant sees and writes nothing of this one', async () => {
    await graphql(hub.hub, token, APPEND, { input });
    await enrol(hub, { ...author, tenant: 'evil' }, exampleKey(2));
    const evil = await tokenFor(hub.hub, { ...author, tenant: 'evil' }, exampleKey(2));
    expect((await graphql(hub.hub, evil, HEAD, { register: author.register })).body).toEqual({ data: { head: null } });
    expect(await expectRefused(() => graphql(hub.hub, evil, APPEND, { input }))).toBe('200 SegmentBroken');
    const hash = '{ recordHash(register: "berlin-1-r1", epoch: 1, seq: 1) }';
    expect((await graphql(hub.hub, evil, hash)).body).toEqual({ data: { recordHash: null } });
  });

  test.each([
    ['no JSON', '{'],
    ['an assertion that is an object', { assertion: {} }],
    ['17 KB', { assertion: 'x'.repeat(17_000) }],
    [
      'an assertion for the prototype',
      {
        assertion: `${part({ alg: 'EdDSA' })}.${part({ iss: '__proto__', tenant: 'constructor', jti: 'toString0' })}.AA`,
      },
    ],
  ])('the token handler refuses %s', async (_, body) => {
    const kept = hub.kept();
    expect((await post(`${hub.hub.url}/token`, body)).status).toBeGreaterThanOrEqual(400);
    expect(hub.kept()).toBe(kept);
  });
});

describe('segments', () => {
  const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
  const places = { at: '2026-03-02T08:15:30.250Z', tzOffsetMin: 60 };
  const sealAnew = (record: SealedRecord, text: string, by: SigningKey): SealedRecord => {
    const hash = hashText(text);
    const sig = Buffer.from(by.sign(Buffer.from(hash, 'hex'))).toString('base64');
    return { ...record, text, hash, sig };
  };
  const send = (records: readonly SealedRecord[]): ReturnType<typeof graphql> =>
    graphql(hub.hub, token, APPEND, { input: segmentInput(author.register, records) });
  const last = journal[2]!;
  const front = journal.slice(0, 2);

  test.each<[string, () => SealedRecord[]]>([
    ['altered', () => [...front, { ...last, text: last.text.replace('staff-7', 'staff-8') }]],
    [
      'altered, its hash made to fit',
      () => [
        ...front,
        {
          ...last,
          text: last.text.replace('staff-7', 'staff-8'),
          hash: hashText(last.text.replace('staff-7', 'staff-8')),
        },
      ],
    ],
    [
      'altered and signed again by somebody',
      () => [...front, sealAnew(last, last.text.replace('staff-7', 'staff-8'), exampleKey(9))],
    ],
    ['signed with the signature of another record', () => [...front, { ...last, sig: journal[1]!.sig }]],
    ['signed by nobody', () => [...front, { ...last, sig: '' }]],
    ['of another algorithm', () => [...front, { ...last, alg: 'none' as never }]],
    ['under another key', () => [...front, { ...last, keyId: exampleKey(9).keyId }]],
    ['written otherwise', () => [...front, sealAnew(last, last.text.replace('{', '{ '), key)]],
    ['in another order', () => [journal[0]!, last, journal[1]!]],
    ['one left out', () => [journal[0]!, last]],
    ['one twice', () => [journal[0]!, journal[1]!, journal[1]!, last]],
    ['a whole journal of somebody else', () => exampleJournal([2], exampleKey(9)).map(({ sealed }) => sealed)],
  ])('%s: refused', async (_, records) => {
    expect(await expectRefused(() => send(records()))).toBe('200 SegmentBroken');
  });

  test('[I4] a second history, signed by the right key, takes no place of the first', async () => {
    await send(journal.slice(0, 6));
    const { head } = chained[2]!;
    const other = [exampleSale('tx-other', 3), exampleSale('tx-more', 4)].reduce(
      (records, fact) => [
        ...records,
        chainFact({
          identity: exampleIdentity,
          head: records[records.length - 1]?.head ?? head,
          fact,
          context,
          key,
          ...places,
        }),
      ],
      [] as (typeof chained)[number][],
    );
    expect(await expectRefused(() => send(other.map(({ sealed }) => sealed)))).toBe('200 HeadMoved');
    expect(await expectRefused(() => send(journal.slice(8, 10)))).toBe('200 HeadMoved');
    expect((await send(journal.slice(6, 8))).body).toMatchObject({ data: { appendSegment: { accepted: 2 } } });
  });

  test('[I3] [I4] a byte changed anywhere is noticed, 300 times', async () => {
    await withPrintedSeed(async (seed) => {
      const random = seededRandom(seed);
      const kept = hub.kept();
      for (let round = 0; round < fuzzRounds(300); round += 1) {
        const records = journal.slice(0, 3);
        const index = random.int(3);
        const record = records[index]!;
        const at = random.int(record.text.length);
        const byte = String.fromCharCode(32 + random.int(95));
        const text = record.text.slice(0, at) + byte + record.text.slice(at + 1);
        if (text === record.text) continue;
        records[index] = random.chance(0.5)
          ? { ...record, text }
          : { ...record, text, hash: createHash('sha256').update(text).digest('hex') };
        const { body } = await graphql(hub.hub, token, APPEND, { input: { ...input, records } });
        expect(body.errors, `${index} ${at} ${byte}`).toBeDefined();
      }
      expect(hub.kept()).toBe(kept);
    }, chooseSeed());
  });
});

test('[I4] a folder that a hub serves is not opened by a second one', () => {
  expect(() => openDataFolder(hub.folder.path, { exclusive: true })).toThrow(FolderInUse);
});
