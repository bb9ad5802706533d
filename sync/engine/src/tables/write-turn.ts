/** Longer than any write takes; whoever held the turn is gone, and SQLite's own lock is all that is needed then. */
const WAIT_MAX_MS = 1_000;

/**
 * Whose turn it is to write, among the threads of a process that write to one file. SQLite lets one in at a time too, but who waits for it sleeps
 * and looks again, ever more seldom, and may find it taken each time; here who waits is woken.
 *
 * It decides nothing but the order: a thread that never gives its turn back is passed over.
 */
export class WriteTurn {
  readonly #taken: Int32Array;
  readonly #waitMaxMs: number;

  /** `shared`: of the `WriteTurn` of another thread. */
  constructor(
    shared: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
    waitMaxMs = WAIT_MAX_MS,
  ) {
    this.#taken = new Int32Array(shared);
    this.#waitMaxMs = waitMaxMs;
  }

  get shared(): SharedArrayBuffer {
    return this.#taken.buffer as SharedArrayBuffer;
  }

  take<T>(work: () => T): T {
    const isTaken = this.#wait();
    try {
      return work();
    } finally {
      if (isTaken) {
        Atomics.store(this.#taken, 0, 0);
        Atomics.notify(this.#taken, 0, 1);
      }
    }
  }

  #wait(): boolean {
    const untilMs = performance.now() + this.#waitMaxMs;
    for (;;) {
      if (Atomics.compareExchange(this.#taken, 0, 0, 1) === 0) return true;
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0) return false;
      Atomics.wait(this.#taken, 0, 1, leftMs);
    }
  }
}
