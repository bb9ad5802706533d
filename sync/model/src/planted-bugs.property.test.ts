import { fuzzRounds, propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { badDays } from './commands.ts';
import { heal, violationsAfterHealing } from './healing.ts';
import { violations } from './invariants.ts';
import { type PlantedBug, plantedBugs } from './planted-bugs.ts';
import { createWorld, step } from './world.ts';

const DAYS_MAX = 3000;
const TIMEOUT_MS = fuzzRounds(60_000);

/** The invariant that should notice, first of all. */
const noticedBy: Record<PlantedBug, RegExp> = {
  'overlay-removed-on-ack': /^I26/,
  'covers-ignored': /^I26/,
  'last-writer-wins-on-stock': /^I10/,
  'count-as-delta': /^I10|^I21/,
  'checkpoint-from-hint': /^I13/,
  'checkpoint-before-documents': /^I13/,
  'late-page-overwrites': /^I13/,
  'late-page-moves-checkpoint': /^I13/,
  'pull-beyond-settled': /^I13/,
  'append-without-head': /^I4/,
  'cursor-outside-transaction': /^I10/,
  'own-ack-trusted': /^I19|^I1 /,
  'overlay-not-derived-again': /^I26/,
  'same-epoch-after-restore': /^I/,
  'unreadable-record-blocks': /^I19/,
  'poisoned-document-blocks': /^I19|^I13/,
};

function wrongWith(bug: PlantedBug | null, commands: Parameters<typeof step>[1][]): string[] {
  const world = createWorld({ registers: 2, bug });
  for (const command of commands) {
    step(world, command);
    const wrong = violations(world);
    if (wrong.length > 0) return wrong;
  }
  heal(world);
  return [...violations(world), ...violationsAfterHealing(world)];
}

describe('every planted bug is caught', () => {
  test.each(plantedBugs)(
    '%s',
    (bug) => {
      const { seed } = propertyOptions();
      let wrong: string[] = [];
      const found = fc.check(
        fc.property(badDays(120), (commands) => {
          const now = wrongWith(bug, commands);
          if (now.length > 0) wrong = now;
          return now.length === 0;
        }),
        { numRuns: DAYS_MAX, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
      );
      expect(found.failed, `${DAYS_MAX} bad days did not show it (seed ${found.seed})`).toBe(true);
      const day = found.counterexample?.[0] ?? [];
      expect(wrong.join('; ')).toMatch(noticedBy[bug]);
      // The very same day without the bug is a good one: it is the bug that was caught, not the day.
      expect(wrongWith(null, day)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
