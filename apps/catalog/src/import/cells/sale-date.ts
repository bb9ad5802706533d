import { Temporal } from 'temporal-polyfill';
import type { CellProblem } from '../problem.ts';

/** Null for an empty cell. `instant` is ISO 8601 in UTC with milliseconds. */
export type DateReading = { ok: true; instant: string | null } | { ok: false; problem: CellProblem };

/** `2026-03-02`, `2026-03-02 08:00:00`, `2026-03-02T08:00`. */
const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/;
/** The same with `Z` or an offset. */
const ABSOLUTE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a date as the store means it. A date without a time is the day's start in the store's time zone, or its end
 * (the start of the next day) with `edge: 'end'`.
 */
export function readDate(raw: string, timeZone: string, edge: 'start' | 'end'): DateReading {
  const text = raw.trim();
  if (text === '') return { ok: true, instant: null };
  try {
    const epochMs = ABSOLUTE.test(text) ? Temporal.Instant.from(text).epochMilliseconds : localMs(text, timeZone, edge);
    if (epochMs !== null) return { ok: true, instant: new Date(epochMs).toISOString() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return {
    ok: false,
    problem: { code: 'date-unreadable', reason: `"${text.slice(0, 40)}" is not a date (2026-03-31).` },
  };
}

function localMs(text: string, timeZone: string, edge: 'start' | 'end'): number | null {
  const [, date, time] = LOCAL.exec(text) ?? [];
  if (date === undefined) return null;
  if (time !== undefined)
    return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).epochMilliseconds;
  const day = Temporal.PlainDate.from(date).add({ days: edge === 'end' ? 1 : 0 });
  return day.toZonedDateTime(timeZone).epochMilliseconds;
}
