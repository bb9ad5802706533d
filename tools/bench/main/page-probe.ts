import type { CDPSession, Page } from 'playwright-core';
import { openCoreLine } from '../../../apps/register/e2e/harness/core-line.ts';
import { pause } from '../../../apps/register/e2e/harness/waiting.ts';

/** When a scanned line was on the screen, as the page noted it; milliseconds since the epoch. */
export type PaintedLine = { receivedAtMs: number; snapshotAtMs: number; paintedAtMs: number };

const ROUND_TRIP_SAMPLES = 100;
/** The page's clock ticks in tenths of a millisecond: ten trips in a row are timed as one. */
const TRIPS_PER_SAMPLE = 10;
/** Far above what the page itself counts up to. */
const FIRST_ID = 3_000_000;
const PAINT_DEADLINE_MS = 20_000;

/** Looks at the page of the running register from inside, with its own clock, and adds no work between what it times. */
export class PageProbe {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async open(page: Page): Promise<PageProbe> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return new PageProbe(page, session);
  }

  /** Listens to the line between page and core. The page gets a new one for it: call it while nothing is under way. */
  async listenToCore(): Promise<void> {
    await openCoreLine(this.#page);
    // The line is the page's own: this listener hears each answer right after the page did.
    await this.#page.evaluate(`globalThis.line.addEventListener('message', ({ data }) => {
      if (data.kind !== 'answer' || data.value?.completed !== true) return;
      globalThis.completedAtMs = performance.timeOrigin + performance.now();
    })`);
  }

  /** Milliseconds of a question to the core that it refuses at once: what the way there and back costs by itself. */
  async roundTrips(): Promise<number[]> {
    const samples: number[] = [];
    for (let sample = 0; sample < ROUND_TRIP_SAMPLES; sample += 1) {
      const firstId = FIRST_ID + sample * TRIPS_PER_SAMPLE;
      samples.push(await this.#page.evaluate<number>(roundTripsScript(firstId)));
      // Below the number of requests a second that the core takes from one window.
      await pause(55);
    }
    return samples;
  }

  /** Milliseconds that the page's main thread has spent in script, style and layout since it was loaded. */
  async workMs(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const seconds = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].map(
      (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN,
    );
    return seconds.reduce((sum, value) => sum + value, 0) * 1000;
  }

  /** Runs `scan` and answers with the line that the page painted after it. */
  async paintedLine(scan: () => void): Promise<PaintedLine> {
    const before = await this.#page.evaluate<number>(`performance.getEntriesByName('line-painted').length`);
    const painted = this.#page.evaluate<PaintedLine>(`new Promise((resolve, reject) => {
      const look = () => {
        const mark = performance.getEntriesByName('line-painted')[${before}];
        if (mark) resolve(mark.detail);
        return Boolean(mark);
      };
      if (look()) return;
      const observer = new PerformanceObserver(() => look() && observer.disconnect());
      observer.observe({ type: 'mark' });
      setTimeout(() => reject(new Error('no line was painted')), ${PAINT_DEADLINE_MS});
    })`);
    scan();
    return painted;
  }

  /** When the Enter that paid was pressed, and when the page had the core's word that the sale is on the disk. */
  tenderTimes(): Promise<{ enterAtMs: number; completedAtMs: number }> {
    return this.#page.evaluate('({ enterAtMs: globalThis.enterAtMs, completedAtMs: globalThis.completedAtMs })');
  }
}

const roundTripsScript = (firstId: number): string => `(async () => {
  const ask = (id) => new Promise((resolve) => {
    const take = ({ data }) => {
      if (data.kind !== 'answer' || data.id !== id) return;
      globalThis.line.removeEventListener('message', take);
      resolve();
    };
    globalThis.line.addEventListener('message', take);
    globalThis.line.postMessage({ id, method: 'no-such-method', params: null });
  });
  const startedMs = performance.now();
  for (let trip = 0; trip < ${TRIPS_PER_SAMPLE}; trip += 1) await ask(${firstId} + trip);
  return (performance.now() - startedMs) / ${TRIPS_PER_SAMPLE};
})()`;
