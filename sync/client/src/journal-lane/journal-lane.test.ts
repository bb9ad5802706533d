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

  test('[I4] a fork is parked and never sent over', async () => {
    const till = register();
    const foreign = exampleJournal([4], exampleKey(2)).map(({ sealed }) => sealed);
    till.server.journal.set(1, [...foreign]);
    await till.drain();
    expect(parkedOf(till, 1)).toMatchObject({ reason: 'fork', seq: 5 });
    expect(till.server.journal.get(1)).toEqual(foreign);
  });

  test('[I4] a register that knows less than the server stops', async () => {
    const till = register(20);
    till.server.journal.set(
      1,
      JOURNAL.slice(0, 30).map(({ sealed }) => sealed),
    );
    await till.drain();
    expect(parkedOf(till, 1)).toMatchObject({ reason: 'server-ahead', seq: 20 });
    expect(till.server.journal.get(1)).toHaveLength(30);
  });

  test.each([
    ['NotEnrolled', 'not-enrolled'],
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
    expect(till.lane.state().fellBack).toEqual({ epoch: 1, fromSeq: 131, toSeq: 10 });
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
