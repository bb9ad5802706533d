import { describe, expect, test } from 'vitest';
import { localDate, nextBusinessDate } from './business-date.ts';
import { countCash, drawerSums } from './count-cash.ts';

const denominations = [1000, 500, 100, 50];

describe('counting a till', () => {
  test('[L1] notes and coins add up, empty rows go', () => {
    const counted = countCash(
      [
        { denominationMinor: 50, count: 3 },
        { denominationMinor: 500, count: 0 },
        { denominationMinor: 1000, count: 2 },
      ],
      denominations,
    );
    expect(counted).toEqual({
      ok: true,
      countedMinor: 2150,
      counts: [
        { denominationMinor: 1000, count: 2 },
        { denominationMinor: 50, count: 3 },
      ],
    });
  });

  test.each([
    [[{ denominationMinor: 20, count: 1 }], 'unknown-denomination'],
    [
      [
        { denominationMinor: 50, count: 1 },
        { denominationMinor: 50, count: 1 },
      ],
      'unknown-denomination',
    ],
    [[{ denominationMinor: 50, count: -1 }], 'count-out-of-range'],
    [[{ denominationMinor: 50, count: 1.5 }], 'count-out-of-range'],
    [[{ denominationMinor: 50, count: 1_000_001 }], 'count-out-of-range'],
  ])('[L1] %j is refused: %s', (counts, code) => {
    expect(countCash(counts, denominations)).toMatchObject({ ok: false, error: { code } });
  });

  test('[I8] expected = float + tendered − change', () => {
    expect(drawerSums(10_000, 5_000, 1_234)).toEqual({
      floatMinor: 10_000,
      cashTenderedMinor: 5_000,
      changeGivenMinor: 1_234,
      expectedMinor: 13_766,
    });
  });
});

describe('the business date', () => {
  const evening = Date.UTC(2026, 2, 2, 23, 30);

  test('[L3] is the date on the wall', () => {
    expect(localDate(evening, 0)).toBe('2026-03-02');
    expect(localDate(evening, 60)).toBe('2026-03-03');
    expect(localDate(evening, -300)).toBe('2026-03-02');
    expect(nextBusinessDate(null, evening, 60)).toBe('2026-03-03');
  });

  test('[L3] never runs backwards when the clock does', () => {
    expect(nextBusinessDate('2026-03-04', evening, 0)).toBe('2026-03-04');
    expect(nextBusinessDate('2026-03-01', evening, 0)).toBe('2026-03-02');
  });
});
