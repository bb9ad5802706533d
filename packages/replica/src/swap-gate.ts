/**
 * Lets look-ups through while a resource is in place, holds them back while it is exchanged, and begins the exchange only when those
 * under way have finished. An exchange takes milliseconds; the import that precedes it runs elsewhere.
 */
export class SwapGate {
  #underway = 0;
  #exchange: Promise<void> | null = null;
  #whenIdle: (() => void) | null = null;

  async use<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exchange) await this.#exchange;
    this.#underway += 1;
    try {
      return await work();
    } finally {
      this.#underway -= 1;
      if (this.#underway === 0) this.#whenIdle?.();
    }
  }

  /** One at a time. A failing exchange opens the gate again. */
  async exchange<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exchange) await this.#exchange;
    let open: () => void = () => undefined;
    this.#exchange = new Promise((resolve) => (open = resolve));
    try {
      if (this.#underway > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
      return await work();
    } finally {
      this.#whenIdle = null;
      this.#exchange = null;
      open();
    }
  }
}
