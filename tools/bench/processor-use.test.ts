import { describe, expect, it } from 'vitest';
import { percentOfOthers, processorUse } from './processor-use.ts';

describe('processor use', () => {
  it('of others is what was busy and not ours', () => {
    const before = { totalS: 100, busyS: 50, oursS: 5 };
    expect(percentOfOthers(before, { totalS: 200, busyS: 90, oursS: 15 })).toBe(30);
    expect(percentOfOthers(before, { totalS: 200, busyS: 60, oursS: 15 })).toBe(0);
    expect(percentOfOthers(before, before)).toBeNull();
    expect(percentOfOthers(null, before)).toBeNull();
  });

  it.runIf(process.platform === 'linux')('is read from the kernel', () => {
    const use = processorUse();
    expect(use?.busyS).toBeGreaterThan(0);
    expect(use?.totalS).toBeGreaterThan(use?.busyS ?? Infinity);
    expect(use?.oursS).toBeGreaterThan(0);
  });
});
