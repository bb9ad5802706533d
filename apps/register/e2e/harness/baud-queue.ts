import { nowMs } from './waiting.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
const TICK_MS = 4;

/** Lets bytes through as fast as a serial line of that speed does; what has not arrived when the cable is pulled never does. */
export class BaudQueue {
  readonly #bytesPerMs: number;
  readonly #deliver: (bytes: Uint8Array) => void;
  #waiting: Buffer = Buffer.alloc(0);
  #ticking: NodeJS.Timeout | null = null;
  #deliveredAtMs = 0;

  constructor(baudRate: number, deliver: (bytes: Uint8Array) => void) {
    this.#bytesPerMs = baudRate / BITS_PER_BYTE / 1_000;
    this.#deliver = deliver;
  }

  push(bytes: Uint8Array): void {
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    if (this.#ticking) return;
    this.#deliveredAtMs = nowMs();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  clear(): void {
    this.#waiting = Buffer.alloc(0);
    this.#stop();
  }

  #tick(): void {
    const count = Math.floor((nowMs() - this.#deliveredAtMs) * this.#bytesPerMs);
    if (count < 1) return;
    this.#deliveredAtMs = nowMs();
    const arrived = this.#waiting.subarray(0, count);
    this.#waiting = this.#waiting.subarray(count);
    if (this.#waiting.length === 0) this.#stop();
    this.#deliver(arrived);
  }

  #stop(): void {
    if (this.#ticking) clearInterval(this.#ticking);
    this.#ticking = null;
  }
}
