import { describe, expect, it } from 'vitest';
import { createTimeFormat } from './times.ts';

describe('times of the store', () => {
  const berlin = createTimeFormat({ locale: 'en-IE', timeZone: 'Europe/Berlin' });

  it("are in the store's zone, not the machine's", () => {
    expect(berlin.time('2026-11-23T13:05:00Z')).toBe('14:05');
    expect(createTimeFormat({ locale: 'en-IE', timeZone: 'Asia/Kolkata' }).time('2026-11-23T13:05:00Z')).toBe('18:35');
  });

  it('a business date is the same day in every zone', () => {
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect(createTimeFormat({ locale: 'en-IE', timeZone }).date('2026-11-23')).toMatch(/23 Nov/);
    }
  });

  it('hours of a report are hours of the store already', () => {
    expect(berlin.hour(9)).toBe('09:00');
    expect(berlin.hour(0)).toMatch(/^(00|24):00$/);
  });
});
