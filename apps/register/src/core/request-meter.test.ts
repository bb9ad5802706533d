import { describe, expect, it } from 'vitest';
import { RequestMeter } from './request-meter.ts';

describe('the limit on requests', () => {
  it('lets a burst of a second through and no more', () => {
    const meter = new RequestMeter(10, 0);
    const taken = Array.from({ length: 30 }, () => meter.take(0)).filter(Boolean);
    expect(taken).toHaveLength(10);
  });

  it('refills evenly and never beyond a second', () => {
    const meter = new RequestMeter(10, 0);
    for (let index = 0; index < 10; index += 1) meter.take(0);
    expect(meter.take(50)).toBe(false);
    expect(meter.take(110)).toBe(true);
    const afterAnHour = Array.from({ length: 30 }, () => meter.take(3_600_000)).filter(Boolean);
    expect(afterAnHour).toHaveLength(10);
  });

  it('is not refilled by a clock that is set back', () => {
    const meter = new RequestMeter(1, 10_000);
    expect(meter.take(10_000)).toBe(true);
    expect(meter.take(0)).toBe(false);
  });
});
