import { exampleJournal, exampleKey } from '@evertill/journal/testing';
import { chooseSeed, fuzzRounds, type SeededRandom, seededRandom, withPrintedSeed } from '@evertill/testkit';
import { describe, expect, test } from 'vitest';
import { NETWORK_FAULTS } from '../testing/faulty-network.ts';
import { JOURNAL, type SimulatedRegister, simulatedRegister } from '../testing/simulated-register.ts';

/** [I2] [I3] [I4] What the server holds is a beginning of each epoch of the journal, to the byte. */
function expectBeginningOfJournal({ server }: SimulatedRegister): void {
  for (const [epoch, held] of server.journal) {
    const ours = JOURNAL.filter(({ head }) => head.epoch === epoch);
    const altered = held.findIndex(({ text }, index) => ours[index]?.sealed.text !== text);
    expect(altered).toBe(-1);
  }
}

/** [I1] Everything recorded is there once, and the lane knows it. */
function expectEverythingThere(register: SimulatedRegister): void {
  const { server, source, lane } = register;
  const held = [...server.journal].sort(([a], [b]) => a - b).flatMap(([, records]) => records);
  expect(held).toEqual(JOURNAL.slice(0, source.recorded).map(({ sealed }) => sealed));
  for (const { epoch, seq, hash } of source.heads()) {
    expect(lane.state().epochs.get(epoch)).toMatchObject({ known: { seq, hash }, inDoubt: false, parked: null });
  }
}

/** Sells while the network does its worst, then lets it heal. */
async function sellThroughFaults(register: SimulatedRegister, random: SeededRandom, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    register.source.recorded = Math.min(JOURNAL.length, register.source.recorded + random.int(9));
    if (random.chance(0.1)) register.restart();
    if ((await register.turn()) === null) register.clock.advance(1_000);
    expectBeginningOfJournal(register);
  }
  register.network.faultOf = () => null;
  register.network.settle();
  register.lane.doubtAll();
  await register.drain();
  expectBeginningOfJournal(register);
  expectEverythingThere(register);
}

const SEEDS = fuzzRounds(20);
/** What another disk wrote: no record of it is one of ours. */
const FOREIGN = exampleJournal([130], exampleKey(2)).map(({ sealed }) => sealed);

describe('the journal lane over a faulty network', () => {
  const cases = NETWORK_FAULTS.flatMap((fault) => ['Head', 'AppendSegment'].map((operation) => ({ fault, operation })));
  test.each(cases)(
    `[I1] [I3] [I17] [I19] $fault at $operation: nothing lost, doubled or altered, ${SEEDS} seeds`,
    async ({ fault, operation }) => {
      for (let round = 0; round < SEEDS; round += 1) {
        await withPrintedSeed(async (seed) => {
          const random = seededRandom(seed);
          const register = simulatedRegister(random);
          register.network.faultOf = (asked) => (asked === operation && random.chance(0.6) ? fault : null);
          await sellThroughFaults(register, random, 12);
        }, chooseSeed());
      }
    },
  );

  test('[I1] [I3] [I17] [I19] everything at once', async () => {
    for (let round = 0; round < SEEDS; round += 1) {
      await withPrintedSeed(async (seed) => {
        const random = seededRandom(seed);
        const register = simulatedRegister(random);
        register.network.faultOf = () => (random.chance(0.5) ? random.pick(NETWORK_FAULTS) : null);
        await sellThroughFaults(register, random, 40);
      }, chooseSeed());
    }
  });

  test(`[I4] every copy and every ledger that was put back is told apart, to the record, ${fuzzRounds(50)} seeds`, async () => {
    const ours = JOURNAL.filter(({ head }) => head.epoch === 1).map(({ sealed }) => sealed);
    for (let round = 0; round < fuzzRounds(50); round += 1) {
      await withPrintedSeed(async (seed) => {
        const random = seededRandom(seed);
        const recorded = 1 + random.int(ours.length);
        const common = random.chance(0.3) ? recorded : random.int(recorded + 1);
        const length = common + random.int(FOREIGN.length - common);
        const theirs = [...ours.slice(0, common), ...FOREIGN.slice(common, length)];
        const register = simulatedRegister(random, recorded);
        register.server.journal.set(1, [...theirs]);
        register.network.faultOf = () => (random.chance(0.4) ? random.pick(NETWORK_FAULTS) : null);
        for (let turn = 0; turn < 10; turn += 1) await register.turn();
        register.network.faultOf = () => null;
        register.network.settle();
        register.lane.doubtAll();
        await register.drain();
        const progress = register.lane.state().epochs.get(1);
        if (length === common) {
          expect(progress).toMatchObject({ known: { seq: recorded }, parked: null });
          return;
        }
        expect(progress?.parked).toMatchObject({
          reason: common === recorded ? 'restored' : 'forked',
          seq: common + 1,
        });
        expect(progress?.known.seq).toBe(common);
        expect(register.server.journal.get(1)).toEqual(theirs);
      }, chooseSeed());
    }
  });

  test('[I1] a server restored from an older backup is filled up again, and it is said', async () => {
    for (let round = 0; round < SEEDS; round += 1) {
      await withPrintedSeed(async (seed) => {
        const random = seededRandom(seed);
        const register = simulatedRegister(random, JOURNAL.length);
        await register.drain();
        expectEverythingThere(register);
        const lost = { 1: random.int(131), 2: random.int(41) };
        register.server.rollBack(1, lost[1]);
        register.server.rollBack(2, lost[2]);
        register.lane.doubtAll();
        await register.drain();
        expectEverythingThere(register);
        expect(register.lane.state().serverLost).not.toEqual([]);
      }, chooseSeed());
    }
  });
});
