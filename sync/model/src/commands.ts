import fc from 'fast-check';
import { ITEMS } from './world.ts';

export type Command =
  | {
      readonly kind: 'sell';
      readonly register: number;
      readonly lines: readonly { readonly item: string; readonly quantity: number }[];
    }
  | { readonly kind: 'count'; readonly register: number; readonly item: string; readonly off: number }
  | { readonly kind: 'write-unreadable'; readonly register: number }
  | { readonly kind: 'push' | 'ask-head' | 'pull'; readonly register: number }
  | { readonly kind: 'lose-replica'; readonly register: number }
  | {
      readonly kind: 'deliver';
      readonly which: number;
      /** Delivered, delivered and kept for another time, lost, or the receiver dies over it. */
      readonly fate: 'once' | 'twice' | 'lost' | 'dies';
      readonly luck: number;
    }
  | { readonly kind: 'project'; readonly which: number; readonly dies: boolean }
  | { readonly kind: 'settle' | 'hint' | 'poison-document' }
  | { readonly kind: 'backup' | 'restore'; readonly what: number | 'server' };

const register = fc.nat({ max: 2 });
const item = fc.constantFrom(...ITEMS);
const which = fc.nat({ max: 39 });

/** One event of a bad day; most of them are a shop at work and a network that mostly works. */
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      register,
      lines: fc.array(fc.record({ item, quantity: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('count' as const), register, item, off: fc.integer({ min: -2, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('write-unreadable' as const), register }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('push' as const), register }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask-head' as const), register }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('pull' as const), register }) },
  {
    weight: 40,
    arbitrary: fc.record({
      kind: fc.constant('deliver' as const),
      which,
      fate: fc.oneof(
        { weight: 7, arbitrary: fc.constant('once' as const) },
        { weight: 2, arbitrary: fc.constant('twice' as const) },
        { weight: 1, arbitrary: fc.constantFrom('lost' as const, 'dies' as const) },
      ),
      luck: fc.nat({ max: 255 }),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant('project' as const),
      which,
      dies: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('settle' as const, 'settle' as const, 'hint' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('poison-document' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose-replica' as const), register }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('backup' as const, 'restore' as const),
      what: fc.oneof(register, fc.constant('server' as const)),
    }),
  },
);

/** A bad day: up to `length` events. Shrinks to the shortest day that still goes wrong. */
export function badDays(length: number): fc.Arbitrary<Command[]> {
  return fc.array(command, { minLength: 1, maxLength: length, size: 'max' });
}
