import { setTimeout as sleep } from 'node:timers/promises';
import { SEGMENT_RECORDS_MAX } from '@evertill/journal';
import { processMemory } from '../../main/process-memory.ts';
import type { BenchHub, BenchRegister } from './bench-hub.ts';
import { openHintSockets } from './hint-sockets.ts';
import { push, segmentBody } from './push-segment.ts';

const TICK_MS = 10;
const RETRY_MS = 500;
const ATTEMPTS_MAX = 5;
/** What is still on its way when the last sale has been made. */
const DRAIN_TIMEOUT_MS = 120_000;

export type LoadMeasured = {
  readonly sockets: number;
  /** Confirmed by the hub from the end of the warm-up until the last sale was made: what it takes while they come. */
  readonly salesPerSecond: number;
  /** From the sale to the hub's answer; of the sales, not of the requests. */
  readonly pushMs: readonly number[];
  /** From the hub's answer for a sale until the last register of its store heard that the order is in its view. */
  readonly hintMs: readonly number[];
  /** Requests that failed and were sent again. */
  readonly failures: number;
  /** Of the hub's process, once a second. */
  readonly memoryMb: readonly number[];
};

/**
 * Sales at a steady rate, whatever the hub does: each register sends what it has sold since its last answer, as the client's journal lane does. Every
 * register listens for hints meanwhile. What is sold in the first `warmUpSeconds` is not measured.
 */
export async function steadyLoad(
  hub: BenchHub,
  { salesPerSecond, warmUpSeconds, seconds }: { salesPerSecond: number; warmUpSeconds: number; seconds: number },
): Promise<LoadMeasured> {
  const lag = new HintLag();
  const sockets = await openHintSockets(hub, (register, collection, seq) => {
    if (collection === 'orders') lag.heard(register.selling.author.store, register.selling.author.register, seq);
  });
  const senders = hub.registers.map((register) => new Sender(hub, register, (store) => lag.confirmed(store)));
  for (const { selling } of hub.registers) lag.expect(selling.author.store, selling.author.register);
  const sales = salesPerSecond * (warmUpSeconds + seconds);
  const memoryMb: number[] = [];
  const fromMs = performance.now();
  const countFromMs = fromMs + warmUpSeconds * 1_000;
  const memory = setInterval(() => {
    if (performance.now() > countFromMs) memoryMb.push(processMemory(hub.pid).rssMb);
  }, 1_000);
  try {
    for (let made = 0; made < sales;) {
      const due = Math.min(sales, Math.floor(((performance.now() - fromMs) * salesPerSecond) / 1_000));
      for (; made < due; made += 1) senders[made % senders.length]?.sold();
      if (made < sales) await sleep(TICK_MS);
    }
    const madeMs = performance.now();
    await Promise.all(senders.map((sender) => sender.idle()));
    await lag.settled(DRAIN_TIMEOUT_MS);
    const pushed = senders.flatMap((sender) => sender.pushed);
    const confirmed = pushed.filter(({ confirmedAtMs: atMs }) => atMs >= countFromMs && atMs < madeMs).length;
    return {
      sockets: sockets.count,
      failures: senders.reduce((sum, { failures }) => sum + failures, 0),
      salesPerSecond: (confirmed * 1_000) / (madeMs - countFromMs),
      pushMs: pushed
        .filter(({ soldAtMs }) => soldAtMs >= countFromMs)
        .map(({ soldAtMs, confirmedAtMs }) => confirmedAtMs - soldAtMs),
      hintMs: lag.heardOf.filter(({ confirmedAtMs }) => confirmedAtMs >= countFromMs).map(({ lagMs }) => lagMs),
      memoryMb,
    };
  } finally {
    clearInterval(memory);
    sockets.dispose();
  }
}

/** One register's journal lane: one request at a time. */
class Sender {
  failures = 0;
  readonly pushed: { soldAtMs: number; confirmedAtMs: number }[] = [];
  readonly #hub: BenchHub;
  readonly #register: BenchRegister;
  readonly #onConfirmed: (store: string) => void;
  #soldAtMs: number[] = [];
  #running: Promise<void> | null = null;

  constructor(hub: BenchHub, register: BenchRegister, onConfirmed: (store: string) => void) {
    this.#hub = hub;
    this.#register = register;
    this.#onConfirmed = onConfirmed;
  }

  sold(): void {
    this.#soldAtMs.push(performance.now());
    this.#running ??= this.#send().finally(() => (this.#running = null));
    // Whoever waits for idle hears of the failure; until then it is nobody's.
    this.#running.catch(() => undefined);
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  /** A request that failed is sent again after a pause, as the lane does it: the sale is older by then, and that is measured. */
  async #untilPushed(count: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await push(this.#hub, this.#register, segmentBody(this.#register, count), count);
      } catch (fault) {
        if (attempt === ATTEMPTS_MAX) throw fault;
        this.failures += 1;
        await sleep(RETRY_MS);
      }
    }
  }

  async #send(): Promise<void> {
    while (this.#soldAtMs.length > 0) {
      const count = Math.min(this.#soldAtMs.length, SEGMENT_RECORDS_MAX);
      await this.#untilPushed(count);
      const nowMs = performance.now();
      for (const soldAtMs of this.#soldAtMs.splice(0, count)) {
        this.pushed.push({ soldAtMs, confirmedAtMs: nowMs });
        this.#onConfirmed(this.#register.selling.author.store);
      }
    }
  }
}

/** The nth confirmed sale of a store is the nth order of its view, whichever of its registers made it. */
class HintLag {
  readonly heardOf: { confirmedAtMs: number; lagMs: number }[] = [];
  readonly #stores = new Map<string, { confirmedAtMs: number[]; seen: Map<string, number>; done: number }>();

  expect(store: string, register: string): void {
    this.#store(store).seen.set(register, 0);
  }

  confirmed(store: string): void {
    this.#store(store).confirmedAtMs.push(performance.now());
  }

  heard(store: string, register: string, seq: number): void {
    const at = this.#store(store);
    at.seen.set(register, Math.max(seq, at.seen.get(register) ?? 0));
    const everywhere = Math.min(...at.seen.values());
    const nowMs = performance.now();
    // A hint may come before the answer that it follows from: then there is no lag.
    for (; at.done < everywhere; at.done += 1) {
      const confirmedAtMs = at.confirmedAtMs[at.done] ?? nowMs;
      this.heardOf.push({ confirmedAtMs, lagMs: nowMs - confirmedAtMs });
    }
  }

  async settled(timeoutMs: number): Promise<void> {
    const untilMs = performance.now() + timeoutMs;
    while ([...this.#stores.values()].some(({ confirmedAtMs, done }) => done < confirmedAtMs.length)) {
      if (performance.now() > untilMs) throw new Error('the views do not catch up');
      await sleep(TICK_MS);
    }
  }

  #store(name: string): { confirmedAtMs: number[]; seen: Map<string, number>; done: number } {
    const held = this.#stores.get(name) ?? { confirmedAtMs: [], seen: new Map<string, number>(), done: 0 };
    this.#stores.set(name, held);
    return held;
  }
}
