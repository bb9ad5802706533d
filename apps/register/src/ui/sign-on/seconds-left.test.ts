import { expect, it } from 'vitest';
import { secondsUntil } from './seconds-left.ts';

it('[PF-10] a lock-out counts down in whole seconds and never below zero', () => {
  const until = '2026-11-23T13:00:10.000Z';
  const at = Date.parse(until);
  expect(secondsUntil(until, at - 10_000)).toBe(10);
  expect(secondsUntil(until, at - 9_001)).toBe(10);
  expect(secondsUntil(until, at - 1)).toBe(1);
  expect(secondsUntil(until, at)).toBe(0);
  expect(secondsUntil(until, at + 60_000)).toBe(0);
});
