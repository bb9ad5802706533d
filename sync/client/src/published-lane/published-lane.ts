import { Alarm } from '../alarm.ts';
import { backoffMs } from '../backoff.ts';
import { PUBLISHED_EVERY_MS } from '../limits.ts';
import type { Chance } from '../needs.ts';
import { sleep } from '../sleep.ts';
import { type FetchOutcome, fetchPublished, type PublishedSource } from './fetch-published.ts';

export type PublishedLaneOptions = PublishedSource & {
  readonly chance: Chance;
  /** A newer catalog is in the folder. */
  readonly onInstalled: (version: number) => void;
  /** It could not be asked for or brought; asked again by itself. */
  readonly onFailed: (outcome: Extract<FetchOutcome, { ok: false }>) => void;
  /** Something of the register's own threw: the disk, say. */
  readonly onFault: (thrown: unknown) => void;
};

export type PublishedLane = { ask(): void; dispose(): Promise<void> };

/** Asks for a newer catalog at once, each minute or so, and when told to; brings it without holding anything up. */
export function startPublishedLane(options: PublishedLaneOptions): PublishedLane {
  const ended = new AbortController();
  const bell = new Alarm();
  const running = run(options, ended.signal, bell);
  return {
    ask: () => bell.ring(),
    async dispose() {
      ended.abort();
      await running;
    },
  };
}

async function run(options: PublishedLaneOptions, signal: AbortSignal, bell: Alarm): Promise<void> {
  const { chance, onInstalled, onFailed, onFault } = options;
  for (let failures = 0; !signal.aborted;) {
    const rung = bell.signal;
    try {
      const outcome = await fetchPublished(options, signal);
      if (signal.aborted) return;
      failures = outcome.ok ? 0 : failures + 1;
      if (!outcome.ok) onFailed(outcome);
      else if (outcome.changed) onInstalled(outcome.version);
    } catch (thrown) {
      failures += 1;
      onFault(thrown);
    }
    const pauseMs = failures === 0 ? PUBLISHED_EVERY_MS * (0.75 + chance() / 2) : backoffMs(failures, chance());
    await sleep(pauseMs, signal, rung);
  }
}
