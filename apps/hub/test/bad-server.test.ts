import { startSync } from '@evertill/client';
import type { Feed, FeedWrite, SyncClient } from '@evertill/client';
import { chooseSeed, fuzzRounds, seededRandom, withPrintedSeed } from '@evertill/testkit';
import type { SeededRandom } from '@evertill/testkit';
import { afterEach, expect, test, vi } from 'vitest';

const DOCUMENTS = fuzzRounds(1_000);
const PAGE_DOCUMENTS = 200;
const FEED: Feed = { collection: 'orders', scope: 'berlin-1' };

const started: SyncClient[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((client) => client.dispose()));
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** A register's replica lane before a server that answers `pull` with whatever text it likes. */
function startBefore(pull: (after: number) => string): { client: SyncClient; held: Map<string, unknown> } {
  const held = new Map<string, unknown>();
  let checkpoint: FeedWrite['checkpoint'] | null = null;
  const client = startSync({
    url: 'http://127.0.0.1:9/graphql',
    store: FEED.scope,
    source: { register: 'r1', heads: () => [], hashAt: () => null, instantAt: () => null, read: () => [] },
    memory: { load: () => [], save: () => undefined },
    feeds: [FEED],
    sink: {
      checkpoint: () => Promise.resolve(checkpoint),
      write(_feed, write) {
        for (const document of write.documents) held.set(document.id, document.body);
        ({ checkpoint } = write);
        return Promise.resolve();
      },
    },
    token: () => Promise.resolve('t'),
    clock: { monotonicMs: () => performance.now(), nowMs: () => Date.now() },
    chance: () => 0,
    fetch: (_url, init) => {
      const { query, variables } = JSON.parse(String(init?.body)) as {
        query: string;
        variables: { afterSeq?: number };
      };
      const text = query.includes('pull(') ? pull(variables.afterSeq ?? 0) : '{"data":{"__typename":"Query"}}';
      return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } }));
    },
    elsewhereUrls: [],
    onFault: (thrown) => {
      throw thrown;
    },
  });
  started.push(client);
  return { client, held };
}

const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 10 });

/** A document as JSON text: `place` with parts of it replaced. */
function documentText(seq: number, parts: Record<string, string>): string {
  const sound = {
    id: `"d${seq}"`,
    period: '"p1"',
    seq: String(seq),
    deleted: 'false',
    covers: '[]',
    body: `"{\\"n\\":${seq}}"`,
  };
  const texts = Object.entries({ ...sound, ...parts }).filter(([, text]) => text !== '');
  return `{${texts.map(([name, text]) => `"${name}":${text}`).join(',')}}`;
}

const BAD_VALUES = [
  'null',
  '[]',
  '{}',
  '-1',
  '1.5',
  '1e999',
  '"\\u0000"',
  'true',
  '""',
  '{"__proto__":{"isManager":true}}',
];
const deep = (depth: number): string => '{\\"a\\":'.repeat(depth) + '1' + '}'.repeat(depth);

/** Every way that one document was found to be bad; none of them may reach the replica. */
const POISONS: ((seq: number, random: SeededRandom) => string)[] = [
  (seq, random) => documentText(seq, { seq: random.pick(['null', '"1"', '-1', '1.5', '1e999', '[1]']) }),
  (seq, random) => documentText(seq, { id: random.pick(['null', '7', '""', '[]', `"${'i'.repeat(201)}"`]) }),
  (seq, random) => documentText(seq, { period: random.pick(['null', '1', '""', `"${'p'.repeat(81)}"`]) }),
  (seq, random) => documentText(seq, { deleted: random.pick(['null', '"no"', '0']) }),
  (seq, random) =>
    documentText(seq, {
      covers: random.pick([
        'null',
        '{}',
        '[1]',
        '[{"journal":"r1.1"}]',
        '[{"journal":"","seq":1}]',
        '[{"journal":"r1.1","seq":-1}]',
      ]),
    }),
  (seq, random) => documentText(seq, { [random.pick(['id', 'period', 'seq', 'deleted', 'covers', 'body'])]: '' }),
  (seq) => documentText(seq, { body: '"{\\"price\\":NaN}"' }),
  (seq) => documentText(seq, { body: '"{\\"price\\":-1e999}"' }),
  (seq) => documentText(seq, { body: '"{\\"__proto__\\":{\\"isManager\\":true}}"' }),
  (seq) => documentText(seq, { body: '"{\\"a\\":[{\\"__proto__\\":{\\"isManager\\":true}}]}"' }),
  (seq) => documentText(seq, { body: '{"a":{"__proto__":{"isManager":true}}}' }),
  (seq, random) => documentText(seq, { body: `"${deep(33 + random.int(2_000))}"` }),
  (seq) => documentText(seq, { body: `"{\\"a\\":\\"${'x'.repeat(256 * 1024)}\\"}"` }),
  (seq) => documentText(seq, { body: '"{\\"a\\":\\"\u0007\\"}"'.replace('\u0007', '\\u0007') }),
  (seq, random) => documentText(seq, { body: random.pick(['"[1]"', '"1"', '"null"', '"{"', '""', '7', '[]', 'true']) }),
  (_seq, random) => random.pick(BAD_VALUES),
];

test('[I13] [I19] 1,000 poisoned documents: none reaches the replica, each is named, and no sound one waits for them', async () => {
  await withPrintedSeed(async (seed) => {
    const random = seededRandom(seed);
    const sound = new Set<string>();
    const documents = Array.from({ length: DOCUMENTS * 2 }, (_, index) => {
      const isSound = index % 2 === 1;
      if (isSound) sound.add(`d${index + 1}`);
      return isSound ? documentText(index + 1, {}) : random.pick(POISONS)(index + 1, random);
    });
    const { client, held } = startBefore((after) => {
      const to = Math.min(after + PAGE_DOCUMENTS, documents.length);
      const page = documents.slice(after, to).join(',');
      const more = to < documents.length;
      return `{"data":{"pull":{"documents":[${page}],"checkpoint":{"period":"p1","seq":${to}},"more":${more}}}}`;
    });
    await eventually(() => expect(client.upToDateAt()).not.toBeNull());
    expect(new Set(held.keys())).toEqual(sound);
    for (const body of held.values()) expect((body as { isManager?: unknown }).isManager).toBeUndefined();
    const { parked, connection } = client.view();
    expect(connection).toBe('online');
    // The latest hundred; what is shown of a server's faults does not grow with them.
    expect(parked).toHaveLength(100);
    for (const item of parked)
      expect(item).toMatchObject({ lane: 'replica', ...FEED, id: expect.any(String) as string });
    expect(JSON.stringify(parked).length).toBeLessThan(30_000);
  }, chooseSeed());
});

test('[I13] a page that is not one is not believed, and the sound one after it is', async () => {
  const page = (parts: object): string =>
    JSON.stringify({ data: { pull: { documents: [], checkpoint: null, more: false, ...parts } } });
  const bad = [
    '',
    '[]',
    '{"data":{"pull":null}}',
    '{"data":{"pull":{"documents":[',
    '{"data":{"__proto__":{"pull":{}}}}',
    page({ documents: {} }),
    page({ documents: Array.from({ length: 501 }, () => null) }),
    page({ more: 'yes' }),
    page({ checkpoint: { period: '', seq: 1 } }),
    page({ checkpoint: { period: 'p1', seq: -1 } }),
    page({
      documents: [{ id: 'beyond', period: 'p1', seq: 9, deleted: false, covers: [], body: '{}' }],
      checkpoint: { period: 'p1', seq: 1 },
    }),
    'x'.repeat(6 * 1024 * 1024),
  ];
  const sound = `{"data":{"pull":{"documents":[${documentText(1, {})}],"checkpoint":{"period":"p1","seq":1},"more":false}}}`;
  const lanes = bad.map((text) => {
    let asked = 0;
    return startBefore(() => ((asked += 1) === 1 ? text : sound));
  });
  for (const { client, held } of lanes) {
    await eventually(() => expect(client.upToDateAt()).not.toBeNull());
    expect([...held.keys()]).toEqual(['d1']);
    expect(client.view()).toMatchObject({ connection: 'online', parked: [] });
  }
});
