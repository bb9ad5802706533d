import { type Covers, isCovered, itemsOf, type Recorded } from './facts.ts';
import { keyOf, recordsOf, type Register, shown, shownOrders } from './register.ts';
import type { Server } from './server.ts';
import { onHandOf, stockOf } from './stock.ts';
import { touchedItems, type World } from './world.ts';

/** What is wrong with the world as it stands, each beginning with the invariant's number (RELIABILITY.md). Empty: nothing. */
export function violations(world: World): string[] {
  const everything = [...world.everything.values()];
  return [
    ...ledgerViolations(world.server, everything),
    ...documentViolations(world.server, everything),
    ...world.registers.flatMap((register) => [
      ...checkpointViolations(register, world.server),
      ...shownStockViolations(world, register, everything),
      ...shownOrderViolations(world, register),
    ]),
  ];
}

/** I2, I3, I4: the ledger holds what was recorded, as it was recorded, without a gap. */
function ledgerViolations({ ledger }: Server, everything: readonly Recorded[]): string[] {
  const made = new Set(everything.map(({ journal, seq, hash }) => `${journal}/${seq} ${hash}`));
  const wrong: string[] = [];
  for (const [journal, records] of ledger) {
    records.forEach((recorded, index) => {
      if (!made.has(`${keyOf(recorded)} ${recorded.hash}`)) wrong.push(`I2 nobody recorded ${keyOf(recorded)}`);
      if (recorded.seq !== index + 1 || recorded.journal !== journal)
        wrong.push(`I4 ${keyOf(recorded)} stands where ${journal}/${index + 1} belongs`);
    });
  }
  return wrong;
}

/** I10: a document is what the records that it covers say, in whatever order they came. */
function documentViolations({ documents }: Server, everything: readonly Recorded[]): string[] {
  const wrong: string[] = [];
  for (const { id, covers, body } of documents.values()) {
    if (body.kind !== 'stock') continue;
    const right = onHandOf(
      stockOf(
        body.item,
        everything.filter((recorded) => isCovered(covers, recorded)),
      ),
    );
    const has = onHandOf(body.stock);
    if (has !== right) wrong.push(`I10 ${id} is ${has}, its records say ${right}`);
  }
  return wrong;
}

/** I13: what lies behind the checkpoint is here. */
function checkpointViolations({ name, replica }: Register, { documents }: Server): string[] {
  const { checkpoint } = replica;
  return [...documents.values()]
    .filter(({ period, seq, body }) => period === checkpoint.period && seq <= checkpoint.seq && body.kind !== 'poison')
    .filter(({ id, period, seq }) => {
      const held = replica.documents.get(id);
      return !held || held.period < period || (held.period === period && held.seq < seq);
    })
    .map(({ id, seq }) => `I13 ${name} is at ${checkpoint.seq} without ${id} of ${seq}`);
}

/** I26: shown = server + local movements that it does not cover, at every step. */
function shownStockViolations(world: World, register: Register, everything: readonly Recorded[]): string[] {
  const wrong: string[] = [];
  const own = recordsOf(register);
  for (const item of touchedItems(world)) {
    const covers = register.replica.documents.get(`stock/${item}`)?.covers ?? {};
    if (countsAreUnsure(own, item, covers)) continue;
    const known = [...everything.filter((recorded) => isCovered(covers, recorded)), ...own];
    const right = onHandOf(stockOf(item, known));
    const has = onHandOf(shown(register, item, world.bug));
    if (has !== right) wrong.push(`I26 ${register.name} shows ${has} ${item}, should show ${right}`);
  }
  return wrong;
}

/**
 * A count that is not covered yet, made on more than the replica knows at this moment (the server was restored, or the replica lost): what
 * had moved by then cannot be told from here until the others' records are back. Shown is then the best guess.
 */
function countsAreUnsure(own: readonly Recorded[], item: string, covers: Covers): boolean {
  const held = new Map<string, number>();
  for (const { journal, seq } of own) held.set(journal, Math.max(seq, held.get(journal) ?? 0));
  return own.some(
    ({ fact }) =>
      fact.kind === 'count' &&
      itemsOf(fact).includes(item) &&
      Object.entries(fact.basis).some(([journal, seq]) => seq > Math.max(covers[journal] ?? 0, held.get(journal) ?? 0)),
  );
}

/** I26 for orders: every own sale is on the screen, once, as it was recorded; and no order that nobody sold. */
function shownOrderViolations(world: World, register: Register): string[] {
  const wrong: string[] = [];
  const seen = new Map<string, Recorded>();
  for (const order of shownOrders(register)) {
    if (seen.has(keyOf(order))) wrong.push(`I26 ${register.name} shows order ${keyOf(order)} twice`);
    seen.set(keyOf(order), order);
    if (!world.everything.has(order.hash)) wrong.push(`I26 ${register.name} shows an order that nobody sold`);
  }
  for (const recorded of recordsOf(register)) {
    if (recorded.fact.kind !== 'sale') continue;
    if (seen.get(keyOf(recorded))?.hash !== recorded.hash)
      wrong.push(`I26 ${register.name} does not show its own order ${keyOf(recorded)}`);
  }
  return wrong;
}
