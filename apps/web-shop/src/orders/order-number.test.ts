import { seededRandom } from '@evertill/testkit';
import { expect, test } from 'vitest';
import { newOrderNumber, readOrderNumber } from './order-number.ts';

const random = seededRandom('numbers');
const numbers = Array.from({ length: 200 }, () => newOrderNumber((below) => random.int(below)));

const replaced = (chars: readonly string[], index: number, char: string) =>
  [...chars.slice(0, index), char, ...chars.slice(index + 1)].join('');

test('a number looks like W-7F3K-2942-C and has no character that is mistaken for another', () => {
  for (const number of numbers) expect(number).toMatch(/^W-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]$/);
  expect(new Set(numbers).size).toBe(200);
});

test('is read back however it is typed', () => {
  for (const number of numbers) {
    expect(readOrderNumber(number)).toBe(number);
    expect(readOrderNumber(number.toLowerCase().replaceAll('-', ' '))).toBe(number);
    expect(readOrderNumber(number.slice(2))).toBe(number);
  }
});

test('any one wrong character is noticed, and any two exchanged ones', () => {
  for (const number of numbers) {
    const chars = [...number.slice(2).replaceAll('-', '')];
    for (const [index, char] of chars.entries()) {
      const other = char === 'A' ? 'B' : 'A';
      expect(readOrderNumber(replaced(chars, index, other))).toBeNull();
      const next = chars[index + 1];
      if (next === undefined || next === char) continue;
      const exchanged = [...chars.slice(0, index), next, char, ...chars.slice(index + 2)];
      expect(readOrderNumber(exchanged.join(''))).toBeNull();
    }
  }
});

test.each(['', 'W', 'W-7F3K', 'DUB1-1-1-000042', 'W-7F3K-2942-C-9', 'W-0F3K-2942-C', '🙂'.repeat(9), '9'.repeat(5000)])(
  '%j is none',
  (text) => {
    expect(readOrderNumber(text)).toBeNull();
  },
);
