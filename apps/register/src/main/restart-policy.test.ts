import { describe, expect, it } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

describe('restarting a process that died', () => {
  it('is immediate once, then later and later, then stops', () => {
    const policy = new RestartPolicy();
    const delays = Array.from({ length: 9 }, (_, index) => policy.died(index * 1000));
    expect(delays).toEqual([0, 100, 500, 2000, 5000, 5000, 5000, 5000, null]);
  });

  it('forgets deaths of more than a minute ago', () => {
    const policy = new RestartPolicy();
    for (let index = 0; index < 8; index += 1) policy.died(index);
    expect(policy.died(120_000)).toBe(0);
  });

  it('does not count deaths that a clock set back put into the future', () => {
    const policy = new RestartPolicy();
    policy.died(10_000_000);
    expect(policy.died(1_000)).toBe(0);
  });
});
