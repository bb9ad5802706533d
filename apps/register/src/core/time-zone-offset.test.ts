import { describe, expect, it } from 'vitest';
import { timeZoneOffset } from './time-zone-offset.ts';

describe('the local time of the store', () => {
  it.each([
    ['Europe/Dublin', '2026-01-15T12:00:00Z', 0],
    ['Europe/Dublin', '2026-07-15T12:00:00Z', 60],
    ['Asia/Kathmandu', '2026-07-15T12:00:00Z', 345],
    ['America/St_Johns', '2026-01-15T12:00:00Z', -210],
    ['Pacific/Kiritimati', '2026-01-15T12:00:00Z', 840],
  ])('%s at %s is %i minutes ahead of UTC', (zone, at, minutes) => {
    expect(timeZoneOffset(zone)(Date.parse(at))).toBe(minutes);
  });

  it('changes at the very quarter of an hour that the law names', () => {
    const offset = timeZoneOffset('Europe/Berlin');
    expect(offset(Date.parse('2026-03-29T00:59:59.999Z'))).toBe(60);
    expect(offset(Date.parse('2026-03-29T01:00:00.000Z'))).toBe(120);
    expect(offset(Date.parse('2026-03-29T00:59:00.000Z'))).toBe(60);
  });

  it('does not exist for a zone that does not', () => {
    expect(() => timeZoneOffset('Europe/Atlantis')).toThrow(RangeError);
  });
});
