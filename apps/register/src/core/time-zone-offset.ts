/** The offset may change at a quarter of an hour only: no zone has ever had a finer rule since clocks were set by law. */
const QUARTER_HOUR_MS = 15 * 60_000;

/**
 * Minutes that the local time of `timeZone` (IANA) is ahead of UTC, as a function of the instant. The store's zone counts, not the
 * computer's: a till in a wrongly set-up computer still belongs to its store's day.
 *
 * @throws RangeError for a zone that does not exist.
 */
export function timeZoneOffset(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  let cached = { quarter: Number.NaN, offsetMin: 0 };
  return (atMs) => {
    const quarter = Math.floor(atMs / QUARTER_HOUR_MS);
    if (quarter !== cached.quarter) cached = { quarter, offsetMin: offsetAt(format, quarter * QUARTER_HOUR_MS) };
    return cached.offsetMin;
  };
}

function offsetAt(format: Intl.DateTimeFormat, atMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute) - atMs) / 60_000);
}
