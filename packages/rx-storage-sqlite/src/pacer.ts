import { setImmediate } from 'node:timers/promises';

/** Documents handled between two turns of the event loop. */
export const BATCH_DOCUMENTS = 200;

/**
 * Lets the event loop turn after so many documents. SQLite answers synchronously, so a chain of awaits on this storage would otherwise
 * never leave the microtask queue, and timers, messages and sockets would starve.
 */
export class Pacer {
  #handled = 0;

  async pass(documents: number): Promise<void> {
    // An empty answer is work as well.
    this.#handled += Math.max(1, documents);
    if (this.#handled < BATCH_DOCUMENTS) return;
    this.#handled = 0;
    await setImmediate();
  }
}
