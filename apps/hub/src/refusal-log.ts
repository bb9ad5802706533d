import type { Log } from './log.ts';

/** Says that somebody was refused: what, and what is known of who. */
export type RefusalLog = (what: string, detail: Readonly<Record<string, string | undefined>>) => void;

/** A line each up to here, so that whoever asks in a loop fills no disk; the rest of the minute is counted. */
export const REFUSALS_LOGGED_MAX = 200;
const WINDOW_MS = 60_000;

/** The audit trail of what was not let in: one line a refusal, bounded. */
export function createRefusalLog(log: Log, nowMs: () => number): RefusalLog {
  let sinceMs = nowMs();
  let count = 0;
  return (what, detail) => {
    if (Math.abs(nowMs() - sinceMs) >= WINDOW_MS) {
      if (count > REFUSALS_LOGGED_MAX) log('warn', 'refusals-not-logged', { count: count - REFUSALS_LOGGED_MAX });
      sinceMs = nowMs();
      count = 0;
    }
    count += 1;
    if (count <= REFUSALS_LOGGED_MAX) log('warn', 'refused', { what, ...detail });
  };
}
