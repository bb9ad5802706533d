import { setImmediate as nextTurn } from 'node:timers/promises';

/** Documents handled between two turns of the event loop. */
export const BATCH_DOCUMENTS = 200;

/**
 * Lets the event loop turn after so many documents. SQLite answers synchronously, so a chain of awaits on this storage would otherwise
 * never leave the microtask queue, and timers, messages and sockets would starve.
 *
 * What counts is what was handled since the loop last turned: a look-up that came with a message of its own never waits for look-ups
 * before it. In an Electron process a turn that is asked for costs milliseconds.
 */
export class Pacer {
  #handled = 0;

  async pass(documents: number): Promise<void> {
    if (this.#handled === 0) {
      setImmediate(() => {
        this.#handled = 0;
      }).unref();
    }
    // An empty answer is work as well.
    this.#handled += Math.max(1, documents);
    if (this.#handled < BATCH_DOCUMENTS) return;
    await nextTurn();
    this.#handled = 0;
  }
}
