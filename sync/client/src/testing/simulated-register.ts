import type { ChainedRecord } from '@evertill/journal';
import { exampleJournal } from '@evertill/journal/testing';
import type { SeededRandom } from '@evertill/testkit';
import { createCallApi } from '../api/call-api.ts';
import { createJournalLane, type JournalLane } from '../journal-lane/journal-lane.ts';
import type { ConfirmedMemory, EpochHead, RecordSource, SyncClock } from '../needs.ts';
import { FakeServer } from './fake-server.ts';
import { type FaultyNetwork, faultyNetwork } from './faulty-network.ts';

/** A sound journal of two epochs; signing is slow, so every simulation reads the same. */
export const JOURNAL: readonly ChainedRecord[] = exampleJournal([130, 40]);

/** A register with a journal lane, on a clock that moves only when told. */
export type SimulatedRegister = {
  readonly server: FakeServer;
  readonly network: FaultyNetwork;
  readonly source: RecordSource & { recorded: number };
  lane: JournalLane;
  readonly clock: SyncClock & { advance(ms: number): void };
  /** The process dies and begins again: what it had in memory is gone. */
  restart(): void;
  /** One turn, and time until the next. */
  turn(): Promise<number | null>;
  /** Turns until the lane has nothing to do; throws when it does not come to rest. */
  drain(): Promise<void>;
};

const TURNS_MAX = 2_000;

export function simulatedRegister(random: SeededRandom, recorded = 0): SimulatedRegister {
  const server = new FakeServer();
  const network = faultyNetwork(server, random.fork('network'));
  const source = journalSource(recorded);
  let nowMs = 1_000;
  const clock = { monotonicMs: () => nowMs, nowMs: () => nowMs, advance: (ms: number) => void (nowMs += ms) };
  const memory = confirmedMemory(random.fork('memory'));
  const call = createCallApi({ url: 'http://server/graphql', token: () => Promise.resolve('t'), fetch: network.fetch });
  const chance = (): number => random.int(1_000) / 1_000;
  const begin = (): JournalLane => createJournalLane({ source, memory, call, clock, chance });
  const register: SimulatedRegister = {
    server,
    network,
    source,
    clock,
    lane: begin(),
    restart() {
      register.lane = begin();
    },
    async turn() {
      const untilMs = await register.lane.turn();
      if (untilMs !== null && untilMs > nowMs) clock.advance(untilMs - nowMs);
      return untilMs;
    },
    async drain() {
      for (let turns = 0; turns < TURNS_MAX; turns += 1) {
        const untilMs = await register.lane.turn();
        const isAtRest = untilMs === null || untilMs - nowMs > 45_000;
        if (isAtRest) return;
        if (untilMs > nowMs) clock.advance(untilMs - nowMs);
      }
      throw new Error('the lane does not come to rest');
    },
  };
  return register;
}

const PLACES: ReadonlyMap<string, ChainedRecord> = new Map(
  JOURNAL.map((record) => [`${record.head.epoch}.${record.head.seq}`, record]),
);
const POSITIONS: ReadonlyMap<ChainedRecord, number> = new Map(JOURNAL.map((record, position) => [record, position]));

/** The journal as far as it has been recorded by now. */
export function journalSource(recorded: number): RecordSource & { recorded: number } {
  const at = (epoch: number, seq: number): ChainedRecord | undefined => {
    const record = PLACES.get(`${epoch}.${seq}`);
    return record && POSITIONS.get(record)! < source.recorded ? record : undefined;
  };
  const source = {
    recorded,
    register: 'berlin-1-r1',
    heads(): EpochHead[] {
      const heads = new Map<number, EpochHead>();
      for (const { head } of JOURNAL.slice(0, source.recorded)) heads.set(head.epoch, head);
      return [...heads.values()];
    },
    hashAt: (epoch: number, seq: number) => at(epoch, seq)?.sealed.hash ?? null,
    instantAt: (epoch: number, seq: number) => at(epoch, seq)?.header.at ?? null,
    read(epoch: number, fromSeq: number, limit: number) {
      const records: ChainedRecord[] = [];
      for (let seq = fromSeq; records.length < limit; seq += 1) {
        const record = at(epoch, seq);
        if (!record) break;
        records.push(record);
      }
      return records.map(({ sealed }) => sealed);
    },
  };
  return source;
}

/** What is remembered may be old: a process can die between the server's answer and the note of it. */
export function confirmedMemory(random: SeededRandom): ConfirmedMemory {
  let stored: readonly EpochHead[] = [];
  return {
    load: () => stored,
    save(confirmed) {
      if (random.chance(0.7)) stored = confirmed;
    },
  };
}
