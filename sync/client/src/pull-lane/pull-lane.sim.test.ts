import { chooseSeed, fuzzRounds, type SeededRandom, seededRandom, withPrintedSeed } from '@evertill/testkit';
import { describe, expect, test } from 'vitest';
import { createCallApi } from '../api/call-api.ts';
import { FakeServer, isBefore } from '../testing/fake-server.ts';
import { type FaultyNetwork, faultyNetwork, NETWORK_FAULTS } from '../testing/faulty-network.ts';
import { MemorySink } from '../testing/memory-sink.ts';
import { createPullLane, type Feed, type PullLane } from './pull-lane.ts';

const FEEDS: readonly Feed[] = ['orders', 'stock'].map((collection) => ({ collection, scope: 'berlin-1' }));
const SEEDS = fuzzRounds(20);

type World = {
  server: FakeServer;
  sink: MemorySink;
  network: FaultyNetwork;
  lane: PullLane;
  nowMs: number;
  restart(): void;
};

function world(random: SeededRandom): World {
  const server = new FakeServer();
  const sink = new MemorySink(random.fork('disk'));
  const network = faultyNetwork(server, random.fork('network'));
  const call = createCallApi({ url: 'http://server/graphql', token: () => Promise.resolve('t'), fetch: network.fetch });
  const clock = { monotonicMs: () => it.nowMs, nowMs: () => it.nowMs };
  const chance = (): number => random.int(1_000) / 1_000;
  const begin = (): PullLane => createPullLane({ feeds: FEEDS, sink, call, clock, chance });
  const it: World = { server, sink, network, nowMs: 1_000, lane: begin(), restart: () => void (it.lane = begin()) };
  return it;
}

/** [I13] Whatever lies up to the checkpoint is held, in the version that the server has. */
function expectNothingSkipped({ server, sink }: World): void {
  for (const [feed, { checkpoint, documents }] of sink.held) {
    const settled = server.settled.get(feed);
    if (!settled || settled.period !== checkpoint.period || isBefore(settled, checkpoint)) continue;
    for (const stated of server.documents.values()) {
      if (`${stated.collection}/${stated.scope}` !== feed || isBefore(checkpoint, stated)) continue;
      expect(documents.get(stated.id)?.document.seq, `${feed}/${stated.id}`).toBe(
        stated.deleted ? undefined : stated.seq,
      );
    }
  }
}

function expectSameView({ server, sink }: World): void {
  const stated = [...server.documents.values()]
    .filter(({ deleted }) => !deleted)
    .map(({ collection, id, seq, period, body }) => `${collection} ${id} ${period} ${seq} ${body}`);
  const held = [...sink.held].flatMap(([feed, { documents }]) =>
    [...documents.values()].map(({ document: { id, seq, period, body } }) => {
      return `${feed.split('/')[0]} ${id} ${period} ${seq} ${JSON.stringify(body)}`;
    }),
  );
  expect(held.sort()).toEqual(stated.sort());
}

function changeSomething({ server, lane }: World, random: SeededRandom, hintChance: number): void {
  const { collection, scope } = random.pick(FEEDS);
  for (let count = random.int(90); count > 0; count -= 1) {
    server.state(collection, scope, `d${random.int(600)}`, random.chance(0.1) ? null : `{"n":${count}}`);
  }
  for (let times = random.int(3); times > 0; times -= 1) if (random.chance(hintChance)) lane.hinted([collection]);
}

async function turn(it: World): Promise<void> {
  const untilMs = await it.lane.turn();
  if (untilMs !== null && untilMs > it.nowMs) it.nowMs = untilMs;
}

async function drain(it: World): Promise<void> {
  for (let turns = 0; turns < 500; turns += 1) {
    const untilMs = (await it.lane.turn()) ?? Infinity;
    if (untilMs - it.nowMs > 40_000) return;
    it.nowMs = Math.max(it.nowMs, untilMs);
  }
  throw new Error('the lane does not come to rest');
}

/** A server without any view is not believed to have none: it has to state something before what was held is let go. */
function stateSomething({ server }: World): void {
  for (const { collection, scope } of FEEDS) server.state(collection, scope, 'always', '{}');
}

async function heal(it: World): Promise<void> {
  it.network.faultOf = () => null;
  it.sink.failureChance = 0;
  it.lane.resync();
  await drain(it);
  expectNothingSkipped(it);
  expectSameView(it);
}

const rounds = async (body: (random: SeededRandom) => Promise<void>): Promise<void> => {
  for (let round = 0; round < SEEDS; round += 1)
    await withPrintedSeed((seed) => body(seededRandom(seed)), chooseSeed());
};

describe('the replica lane over a faulty network', () => {
  test.each(NETWORK_FAULTS)(`[I13] [I17] %s: the view arrives, ${SEEDS} seeds`, async (fault) => {
    await rounds(async (random) => {
      const it = world(random);
      it.network.faultOf = () => (random.chance(0.5) ? fault : null);
      for (let step = 0; step < 12; step += 1) {
        changeSomething(it, random, 0.7);
        await turn(it);
        expectNothingSkipped(it);
      }
      await heal(it);
    });
  });

  test('[I13] [I17] [I21] faults, a failing disk, restarts, views built anew and servers restored, all at once', async () => {
    await rounds(async (random) => {
      const it = world(random);
      it.network.faultOf = () => (random.chance(0.3) ? random.pick(NETWORK_FAULTS) : null);
      it.sink.failureChance = 0.15;
      let backup = it.server.backup();
      for (let step = 0; step < 40; step += 1) {
        changeSomething(it, random, 0.5);
        if (random.chance(0.1)) backup = it.server.backup();
        if (random.chance(0.05)) it.server.rebuildViews(`p${2 + step}`);
        if (random.chance(0.05)) {
          it.server.restore(backup);
          // README of sync/api, rule 2: a restored server begins a period that sorts after every one before.
          it.server.rebuildViews(`p${2 + step}+`);
        }
        if (random.chance(0.1)) it.restart();
        await turn(it);
        expectNothingSkipped(it);
      }
      stateSomething(it);
      await heal(it);
    });
  });

  test('without any hint the view still arrives', async () => {
    await rounds(async (random) => {
      const it = world(random);
      await drain(it);
      changeSomething(it, random, 0);
      it.nowMs += 100_000;
      await drain(it);
      expectSameView(it);
    });
  });

  test('[I13] a server that forgot the checkpoint is pulled from the start, and what it lost is removed at the end', async () => {
    await rounds(async (random) => {
      const it = world(random);
      stateSomething(it);
      changeSomething(it, random, 0);
      const backup = it.server.backup();
      it.server.state('orders', 'berlin-1', 'lost', '{}');
      it.server.state('stock', 'berlin-1', 'lost', '{}');
      await drain(it);
      it.server.restore(backup);
      await heal(it);
    });
  });
});
