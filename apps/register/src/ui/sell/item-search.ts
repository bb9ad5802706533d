import type { ItemView } from '@evertill/register';

/** Typing faster than this asks once. */
const SEARCH_PAUSE_MS = 60;
/** As many results as a person looks through. */
const RESULTS_SHOWN = 20;

export type Found = { readonly text: string; readonly items: readonly ItemView[] };
export const nothingFound: Found = { text: '', items: [] };

type Ask = (text: string, limit: number) => Promise<readonly ItemView[] | null>;
type Timers = { after: (ms: number, run: () => void) => () => void };

/** Searches as someone types: waits for a pause, and drops the answer to anything but the newest text. */
export class ItemSearch {
  #turn = 0;
  #settled: Promise<Found | null> = Promise.resolve(nothingFound);
  #settle: (found: Found | null) => void = () => undefined;
  #cancel: () => void = () => undefined;
  readonly #ask: Ask;
  readonly #timers: Timers;
  readonly #found: (found: Found) => void;

  constructor(needs: { ask: Ask; timers: Timers; found: (found: Found) => void }) {
    this.#ask = needs.ask;
    this.#timers = needs.timers;
    this.#found = needs.found;
  }

  type(text: string): void {
    this.#cancel();
    this.#turn += 1;
    const turn = this.#turn;
    const wanted = text.trim();
    this.#settle(null);
    this.#settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    if (wanted === '') {
      this.#found(nothingFound);
      this.#settle(nothingFound);
      return;
    }
    this.#cancel = this.#timers.after(SEARCH_PAUSE_MS, () => {
      void this.#ask(wanted, RESULTS_SHOWN).then((items) => {
        if (turn !== this.#turn) return;
        if (items) this.#found({ text: wanted, items });
        this.#settle({ text: wanted, items: items ?? [] });
      });
    });
  }

  /**
   * What is found for the text as it stands, once it is known: Enter pressed faster than the search means this. `null` when someone typed on
   * meanwhile.
   */
  settled(): Promise<Found | null> {
    return this.#settled;
  }

  dispose(): void {
    this.#turn += 1;
    this.#cancel();
    this.#settle(null);
  }
}
