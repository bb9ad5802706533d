import { keyOf, recordsOf, shown } from './register.ts';
import { type Document, isProjected, rebuild, type Server } from './server.ts';
import { onHandOf } from './stock.ts';
import { receive, step, touchedItems, type World } from './world.ts';

const ROUNDS_MAX = 200;
const GOOD_LUCK = { fate: 'once', luck: 255 };

/** The network works again: every register connects, asks how far the server is, and everything drains (I19). */
export function heal(world: World): void {
  for (let round = 0; round < ROUNDS_MAX && !isQuiet(world); round += 1) {
    world.registers.forEach((_, register) => {
      step(world, { kind: 'ask-head', register });
      drain(world);
      step(world, { kind: 'push', register });
      drain(world);
    });
    for (let which = 0; which < world.server.ledger.size * 3; which += 1)
      step(world, { kind: 'project', which, dies: false });
    step(world, { kind: 'settle' });
    world.registers.forEach((_, register) => step(world, { kind: 'pull', register }));
    drain(world);
  }
}

function drain(world: World): void {
  for (let message = world.underWay.shift(); message; message = world.underWay.shift())
    receive(world, message, GOOD_LUCK);
}

function isQuiet(world: World): boolean {
  const { server } = world;
  const isAllSent = world.registers.every((register) => missingAt(server, recordsOf(register).map(keyOf)).length === 0);
  const isAllProjected = [...server.ledger.keys()].every((journal) => isProjected(server, journal));
  const isAllPulled = world.registers.every(
    ({ replica }) => replica.checkpoint.period === server.period && replica.checkpoint.seq === server.seq,
  );
  return isAllSent && isAllProjected && isAllPulled && world.underWay.length === 0;
}

function missingAt({ ledger }: Server, keys: readonly string[]): string[] {
  const held = new Set([...ledger.values()].flat().map(keyOf));
  return keys.filter((key) => !held.has(key));
}

/** What must hold once everything has healed: I1, I3, I19, I21, and all registers show the same. */
export function violationsAfterHealing(world: World): string[] {
  const { server, registers } = world;
  const wrong: string[] = [];
  if (!isQuiet(world)) wrong.push('I19 the queues do not drain');
  const held = new Map([...server.ledger.values()].flat().map((recorded) => [keyOf(recorded), recorded.hash]));
  for (const recorded of registers.flatMap(recordsOf)) {
    const hash = held.get(keyOf(recorded));
    if (hash === undefined) wrong.push(`I1 the ledger lacks ${keyOf(recorded)}`);
    else if (hash !== recorded.hash) wrong.push(`I3 ${keyOf(recorded)} differs`);
  }
  for (const item of touchedItems(world)) {
    const shownBy = registers.map((register) => onHandOf(shown(register, item, world.bug)));
    if (new Set(shownBy).size > 1) wrong.push(`I26 ${item} is shown as ${shownBy.join(' and ')}`);
  }
  const live = portrait(server);
  const forwards = portrait(rebuild(server, server.period, ([first]) => first ?? ''));
  const backwards = portrait(rebuild(server, server.period, (journals) => journals[journals.length - 1] ?? ''));
  if (forwards !== backwards) wrong.push('I18 the order of journals shows in the projection');
  if (live !== forwards) wrong.push('I21 a rebuilt projection differs from the live one');
  return wrong;
}

/** The documents as bytes, without the place of their last change. */
export function portrait({ documents }: Pick<Server, 'documents'>): string {
  const rows = [...documents.values()].filter(({ body }) => body.kind !== 'poison').map(row);
  return rows.sort().join('\n');
}

function row({ id, covers, body }: Document): string {
  const sorted = Object.entries(covers).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([id, sorted, body]);
}
