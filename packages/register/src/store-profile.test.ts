import { expect, test } from 'vitest';
import { settingsFor } from './store-profile.ts';

test('[C5] a store that takes no large notes is not offered them', () => {
  const { denominationsMinor, notesMinor } = settingsFor('EUR', { denominationsMinor: [100, 500, 1000, 2000, 5000] });
  expect(denominationsMinor).toEqual([5000, 2000, 1000, 500, 100]);
  expect(notesMinor).toEqual([5000, 2000, 1000, 500]);
});

test('what is usual for the currency, and a full line stays a safe integer', () => {
  for (const currency of ['EUR', 'JPY', 'KWD']) {
    const { limits } = settingsFor(currency);
    expect(Number.isSafeInteger(limits.lineQuantityMax * limits.totalMaxMinor)).toBe(true);
  }
});
