import { SqliteFault } from '@evertill/sqlite';
import { TableFault } from './table-fault.ts';
import type { Tables } from './tables.ts';

interface Waiting {
  work: () => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** How a piece of work ended. A refusal has written nothing. */
type Outcome = { ok: true; result: unknown } | { ok: false; error: unknown };

/** A commit holds the write lock: what waits beyond this waits for the next one. */
const TOGETHER_MAX = 128;

/**
 * Lets writes that come in the same turn of the event loop share one transaction and so one fsync. Each is carried out in the order it came
 * in and sees those before it; one that is refused (a condition that does not hold) has written nothing and undoes nothing of
 * the others. Nobody is answered before the fsync (I14).
 */
export class GroupCommit {
  readonly #tables: Tables;
  #waiting: Waiting[] = [];

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Resolves with what `work` answers, once it is durable; rejects with what it throws. `work` is synchronous and may run twice. */
  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const together = this.#waiting.splice(0, TOGETHER_MAX);
    if (this.#waiting.length > 0) setImmediate(() => this.#commit());
    this.#carriedOut(together).forEach((outcome, index) => {
      if (outcome.ok) together[index]?.resolve(outcome.result);
      else together[index]?.reject(outcome.error);
    });
  }

  #carriedOut(together: readonly Waiting[]): Outcome[] {
    try {
      return this.#tables.group(() => together.map(({ work }) => refusable(work)));
    } catch (error) {
      // The transaction is undone as a whole. What was too much for the disk together may be little enough alone, and whose fault it was shows.
      // A file that another process holds is as busy for each of them.
      const isBusy = error instanceof SqliteFault && error.code === 'busy';
      if (isBusy) return together.map(() => ({ ok: false, error }));
      if (together.length > 1) return together.flatMap((one) => this.#carriedOut([one]));
      return [{ ok: false, error }];
    }
  }
}

/** Only a refusal leaves the tables as they were; anything else has to undo the transaction. */
function refusable(work: () => unknown): Outcome {
  try {
    return { ok: true, result: work() };
  } catch (error) {
    if (error instanceof TableFault) return { ok: false, error };
    throw error;
  }
}
