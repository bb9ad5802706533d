import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fixedClock, steppingClock } from './clock.ts';
import { sequentialIds } from './ids.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('clocks, ids and folders for tests', () => {
  test('a fixed clock stands still', () => {
    const clock = fixedClock(1000, -300);
    expect([clock.nowMs(), clock.nowMs(), clock.tzOffsetMin]).toEqual([1000, 1000, -300]);
  });

  test('a stepping clock moves after each reading, and when told, backwards too', () => {
    const clock = steppingClock({ startMs: 100, stepMs: 10 });
    expect([clock.nowMs(), clock.nowMs()]).toEqual([100, 110]);
    clock.advance(-50);
    expect(clock.nowMs()).toBe(70);
    clock.set(5);
    expect(clock.nowMs()).toBe(5);
  });

  test('sequential ids sort as they were issued', () => {
    const ids = sequentialIds('sale');
    const issued = Array.from({ length: 12 }, () => ids.next());
    expect(issued[0]).toBe('sale-000001');
    expect([...issued].sort()).toEqual(issued);
  });

  test('a temporary folder exists until disposed', () => {
    const folder = temporaryFolder('testkit');
    expect(existsSync(folder.path)).toBe(true);
    folder.dispose();
    folder.dispose();
    expect(existsSync(folder.path)).toBe(false);
  });
});
