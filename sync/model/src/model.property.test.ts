import { fuzzRounds, propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { badDays, type Command } from './commands.ts';
import { heal, portrait, violationsAfterHealing } from './healing.ts';
import { violations } from './invariants.ts';
import { recordsOf } from './register.ts';
import { createWorld, receive, step, type World } from './world.ts';

const DAY = 160;
/** Seconds for a randomised test, growing with `EVERTILL_FUZZ`. */
const TIMEOUT_MS = fuzzRounds(60_000);

function live(commands: readonly Command[], world: World): void {
  commands.forEach((command, index) => {
    step(world, command);
    const wrong = violations(world);
    if (wrong.length > 0) throw new Error(`after step ${index + 1} (${command.kind}): ${wrong.join('; ')}`);
  });
}

test(
  '[I2] [I3] [I4] [I10] [I13] [I26] hold after every step of every bad day',
  () => {
    const registers = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(registers, badDays(DAY), (count, commands) => live(commands, createWorld({ registers: count }))),
      propertyOptions(400),
    );
  },
  TIMEOUT_MS,
);

test(
  '[I1] [I19] [I18] [I21] after healing everything has arrived once, and a rebuilt view is the same',
  () => {
    fc.assert(
      fc.property(badDays(DAY), (commands) => {
        const world = createWorld({ registers: 3 });
        for (const command of commands) step(world, command);
        heal(world);
        expect([...violations(world), ...violationsAfterHealing(world)]).toEqual([]);
      }),
      propertyOptions(300),
    );
  },
  TIMEOUT_MS,
);

test(
  '[I17] any message that was ever sent may come again, in any order, and nothing changes',
  () => {
    fc.assert(
      fc.property(badDays(80), fc.array(fc.nat(), { maxLength: 60, size: 'max' }), (commands, again) => {
        const world = createWorld({ registers: 3 });
        for (const command of commands) step(world, command);
        heal(world);
        const before = snapshot(world);
        const { sent } = world;
        const count = sent.length;
        for (const which of again) {
          const message = sent[which % count];
          if (message) receive(world, message, { fate: 'once', luck: 0 });
        }
        expect(snapshot(world)).toEqual(before);
      }),
      propertyOptions(200),
    );
  },
  TIMEOUT_MS,
);

/** Everything that somebody could see: the ledger, the view, and what each register holds. */
function snapshot({ server, registers }: World): unknown {
  return structuredClone({
    ledger: [...server.ledger],
    view: portrait(server),
    registers: registers.map((register) => [
      recordsOf(register),
      portrait(register.replica),
      register.replica.checkpoint,
    ]),
  });
}
