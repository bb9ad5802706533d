import { seededRandom } from '@evertill/testkit';
import { exampleJournal, exampleKey } from '@evertill/journal/testing';
import { describe, expect, test } from 'vitest';
import { PARKED_FAULT_RETRY_MS, PARKED_RETRY_MS, PROOF_EVERY_MS } from '../limits.ts';
import { JOURNAL, simulatedRegister } from '../testing/simulated-register.ts';

const register = (recorded = JOURNAL.length) => simulatedRegister(seededRandom(1), recorded);
const parkedOf = (till: ReturnType<typeof register>, epoch: number) => till.lane.state().epochs.get(epoch)?.parked;

describe('the journal lane', () => {
  test('[I1] sends a journal in as few requests as its limits allow', async () => {
    const till = register();
    await till.drain();
    // Two epochs: a look at each head, segments of 50, 50, 31 and 41 records.
    expect(till.network.served()).toBe(6);
    expect(await till.lane.turn()).toBe(till.clock.monotonicMs() + PROOF_EVERY_MS);
  });

  test('says nothing to the server while nothing is recorded, until a proof is due', async () => {
    const till = register();
    await till.drain();
    const served = till.network.served();
    await till.lane.turn();
    expect(till.network.served()).toBe(served);
    till.clock.advance(PROOF_EVERY_MS);
    await till.lane.turn();
    expect(till.network.served()).toBe(served + 1);
  });

  test('[I19] parks a refused record alone; what was sound before it and the epoch after it go up', async () => {
    const till = register();
    till.server.refused.add('1.77');
    await till.drain();
    expect(till.server.journal.get(1)).toHaveLength(76);
    expect(till.server.journal.get(2)).toHaveLength(41);
    expect(parkedOf(till, 1)).toMatchObject({ reason: 'broken', seq: 77 });
  });

  test('[I19] goes on by itself when what was parked has been settled at the server', async () => {
    const till = register();
    till.server.refused.add('1.77');
    await till.drain();
    till.server.refused.clear();
    till.clock.advance(PARKED_RETRY_MS);
    await till.drain();
    expect(till.server.journal.get(1)).toHaveLength(131);
    expect(parkedOf(till, 1)).toBeNull();
  });

  test('[I19] parks a record over which the server falls, and tries it again soon', async () => {
    const till = register();
    till.server.deadly.add('1.60');
    await till.drain();
    expect(till.server.journal.get(1)).toHaveLength(59);
    expect(till.server.journal.get(2)).toHaveLength(41);
    expect(parkedOf(till, 1)).toMatchObject({ reason: 'server-fault', seq: 60 });
    till.server.deadly.clear();
    till.clock.advance(PARKED_FAULT_RETRY_MS);
    await till.drain();
    expect(till.server.journal.get(1)).toHaveLength(131);
  });

  describe('at odds with the server', () => {
    const ours = JOURNAL.map(({ sealed }) => sealed);
    const foreign = exampleJournal([60], exampleKey(2)).map(({ sealed }) => sealed);

    test.each([
      ['behind us', 40, 60],
      ['ahead of us', 30, 100],
      ['as long as ours', 1, 131],
      ['from the first record on', 0, 61],
    ])(
      '[I4] forked: a copy went on, and is %s; what both hold and what waits is known to the record',
      async (_, common, seq) => {
        const till = register();
        till.server.journal.set(1, [
          ...ours.slice(0, common),
          ...Array.from(foreign).concat(foreign, foreign).slice(common, seq),
        ]);
        const held = [...(till.server.journal.get(1) ?? [])];
        await till.drain();
        expect(parkedOf(till, 1)).toMatchObject({ reason: 'forked', seq: common + 1, theirs: { seq: held.length } });
        expect(till.lane.state().epochs.get(1)?.known.seq).toBe(common);
        expect(till.server.journal.get(1)).toEqual(held);
        expect(till.server.journal.get(2)).toHaveLength(41);
        const asked = till.network.served();
        till.clock.advance(PARKED_RETRY_MS);
        await till.turn();
        // The head, and the two records around the fork.
        expect(till.network.served() - asked).toBeLessThanOrEqual(4);
      },
    );

    test('[I4] restored: the server holds all that is here and more of it', async () => {
      const till = register(20);
      till.server.journal.set(1, ours.slice(0, 30));
      await till.drain();
      const theirs = { seq: 30, hash: ours[29]?.hash };
      expect(parkedOf(till, 1)).toMatchObject({ reason: 'restored', seq: 21, theirs });
      expect(till.lane.state().epochs.get(1)?.known.seq).toBe(20);
      expect(till.server.journal.get(1)).toHaveLength(30);
    });

    test('[I4] a server from before the question: not told apart, and nothing is sent over it', async () => {
      const till = register(20);
      till.server.saysNoHashes = true;
      till.server.journal.set(1, ours.slice(0, 30));
      await till.drain();
      expect(parkedOf(till, 1)).toMatchObject({ reason: 'server-ahead', seq: 1 });
      till.server.journal.set(1, foreign.slice(0, 9));
      till.lane.doubtAll();
      await till.drain();
      expect(parkedOf(till, 1)).toMatchObject({ reason: 'forked', seq: 1 });
      expect(till.server.journal.get(1)).toEqual(foreign.slice(0, 9));
    });

    test('a line that breaks while it is asked decides nothing', async () => {
      const till = register(20);
      till.server.journal.set(1, ours.slice(0, 30));
      till.network.faultOf = (operation) => (operation === 'RecordHash' ? 'mid-request' : null);
      await till.turn();
      expect(till.lane.state().epochs.get(1)).toMatchObject({ parked: null, inDoubt: true, failures: 1 });
    });

    test('[I1] a server that was restored and then written by a copy is both', async () => {
      const till = register();
      await till.drain();
      till.server.journal.set(1, [...ours.slice(0, 50), ...foreign.slice(50)]);
      till.clock.advance(PROOF_EVERY_MS);
      till.lane.doubtAll();
      await till.drain();
      expect(parkedOf(till, 1)).toMatchObject({ reason: 'forked', seq: 51 });
      expect(till.lane.state().serverLost).toEqual([{ epoch: 1, from: 51, to: 131 }]);
    });
  });

  test.each([
    ['NotEnrolled', 'revoked'],
    ['Validation error', 'other-version'],
    ['NotAuthorised', 'not-authorised'],
  ])('%s parks the journal without a storm of requests', async (code, reason) => {
    const till = register();
    till.server.refusesAll = code;
    await till.drain();
    expect(parkedOf(till, 1)).toMatchObject({ reason });
    expect(till.network.served()).toBeLessThanOrEqual(4);
  });

  test('[I19] a record that the own disk does not give is parked', async () => {
    const till = register();
    const { read } = till.source;
    till.source.read = (epoch, fromSeq, limit) => {
      if (epoch === 1) throw new Error('input/output error');
      return read(epoch, fromSeq, limit);
    };
    await till.drain();
    expect(parkedOf(till, 1)).toMatchObject({ reason: 'unreadable', seq: 1 });
    expect(till.server.journal.get(2)).toHaveLength(41);
  });

  test('[I1] an acknowledgement that nobody kept is found out at the next proof', async () => {
    const till = register();
    let lies = 3;
    till.network.faultOf = (operation) =>
      operation === 'AppendSegment' && (lies -= 1) >= 0 ? 'says-ok-and-drops' : null;
    await till.drain();
    till.clock.advance(PROOF_EVERY_MS);
    await till.drain();
    await till.drain();
    expect(till.server.journal.get(2)).toHaveLength(41);
  });

  test('[I1] a server that lost part of one epoch is asked about the others', async () => {
    const till = register();
    await till.drain();
    till.server.rollBack(1, 10);
    till.server.rollBack(2, 5);
    till.clock.advance(PROOF_EVERY_MS);
    await till.drain();
    expect(till.server.journal.get(1)).toHaveLength(131);
    expect(till.server.journal.get(2)).toHaveLength(41);
    expect(till.lane.state().serverLost).toEqual([
      { epoch: 2, from: 6, to: 41 },
      { epoch: 1, from: 11, to: 131 },
    ]);
  });

  test('a turn that is broken off is in doubt, not lost', async () => {
    const till = register();
    await till.lane.turn();
    await till.lane.turn(AbortSignal.abort());
    expect(till.lane.state().epochs.get(1)).toMatchObject({ inDoubt: true, failures: 0 });
    await till.drain();
    expect(till.server.journal.get(1)).toHaveLength(131);
  });
});
