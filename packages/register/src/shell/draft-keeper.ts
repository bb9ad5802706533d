import type { TransactionState } from '@evertill/retail';
import type { LedgerChanges, RegisterLedger, Timers } from '../needs.ts';
import { DRAFT_DELAY_MS, DRAFT_RETRY_MS } from './limits.ts';

/**
 * Keeps the open transaction durable: soon after a line, at once before money or a device is involved. The newest state replaces
 * one that waits.
 */
export class DraftKeeper {
  readonly #ledger: RegisterLedger;
  readonly #timers: Timers;
  readonly #onFault: (error: unknown) => void;
  #waiting: TransactionState | null = null;
  #timer: { cancel(): void } | null = null;

  constructor(needs: { ledger: RegisterLedger; timers: Timers; onFault: (error: unknown) => void }) {
    this.#ledger = needs.ledger;
    this.#timers = needs.timers;
    this.#onFault = needs.onFault;
  }

  /** The draft will be on disk within 50 ms. A fault is told, and tried again until the draft is written or replaced. */
  keepSoon(state: TransactionState): void {
    this.#waiting = state;
    this.#timer ??= this.#timers.after(DRAFT_DELAY_MS, () => this.#writeByItself());
  }

  /** The draft is on disk when this returns. Throws the ledger's fault; then the disk has what it had. */
  keepNow(state: TransactionState): void {
    this.#ledger.write((changes) => putOpenDraft(changes, state));
    this.forget();
  }

  /** Whatever waits is on disk when this returns. */
  flush(): void {
    if (this.#waiting) this.keepNow(this.#waiting);
  }

  /** Nothing needs to be written any more: a commit took the draft away. */
  forget(): void {
    this.#waiting = null;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #writeByItself(): void {
    this.#timer = null;
    try {
      this.flush();
    } catch (error) {
      this.#timer = this.#timers.after(DRAFT_RETRY_MS, () => this.#writeByItself());
      this.#onFault(error);
    }
  }
}

export function putOpenDraft(changes: LedgerChanges, state: TransactionState): void {
  changes.putDraft({
    transactionId: state.transactionId,
    status: 'open',
    name: state.name ?? '',
    json: JSON.stringify(state),
  });
}
