import type { Timers } from '../needs.ts';

/** Timers that go off when the test lets time pass. */
export class ManualTimers implements Timers {
  #nowMs = 0;
  #waiting: { atMs: number; work: () => void }[] = [];

  after(delayMs: number, work: () => void): { cancel(): void } {
    const timer = { atMs: this.#nowMs + delayMs, work };
    this.#waiting.push(timer);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((one) => one !== timer);
      },
    };
  }

  pass(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = this.#waiting.filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.#waiting = this.#waiting.filter((timer) => timer !== due);
      this.#nowMs = due.atMs;
      due.work();
    }
    this.#nowMs = untilMs;
  }

  get waiting(): number {
    return this.#waiting.length;
  }
}
