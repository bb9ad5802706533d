import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Covers, onHandOf, type Recorded, stockOf } from '@evertill/model';
import { propertyOptions, temporaryFolder } from '@evertill/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryFacts } from '../testing/memory-facts.ts';
import { type ArrivingDocument, type LiveReplica, openLiveReplica } from './live-replica.ts';

const OWN = 'DUB1-1.1';
const OTHER = 'DUB1-2.1';
const COUNTER = 'DUB1-importer.1';
const ITEMS = ['tea', 'mug'] as const;
const FEED = { collection: 'stock', scope: 'DUB1' };

const item = fc.constantFrom(...ITEMS);
/** What a day of this register and its server is made of. */
const step = fc.oneof(
  fc.record({ do: fc.constant('sell' as const), item, quantity: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('other sells' as const), item, quantity: fc.integer({ min: 1, max: 4 }) }),
  /** Somebody counts, knowing what the server's document of the item covers, or a little more of this register. */
  fc.record({ do: fc.constant('count' as const), item, counted: fc.integer({ min: -3, max: 20 }), ahead: fc.nat(2) }),
  fc.record({ do: fc.constant('push' as const), records: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('pull' as const), inTwo: fc.boolean(), twice: fc.boolean() }),
  fc.constant({ do: 'restart' as const }),
  fc.constant({ do: 'lose the replica' as const }),
  fc.constant({ do: 'back up the server' as const }),
  fc.constant({ do: 'restore the server' as const }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Server = { received: Recorded[]; period: number };

/** The register’s own journal is the `MemoryFacts`; everyone else writes at the server. */
class Day {
  readonly facts = new MemoryFacts();
  readonly own: Recorded[] = [];
  readonly folder = temporaryFolder('live-day');
  server: Server = { received: [], period: 1 };
  backup: Server = { received: [], period: 1 };
  /** By item: the records that the document which the register holds was made of. */
  readonly held = new Map<string, readonly Recorded[]>();
  place: { period: number; seq: number } | null = null;
  live!: LiveReplica;
  #files = 0;

  async open(): Promise<void> {
    this.live = await openLiveReplica({
      folder: this.folder.path,
      local: this.facts,
      newId: () => `file-${(this.#files += 1)}`,
      pruneAfterMs: 0,
      onFault: (thrown) => {
        throw thrown;
      },
    });
  }

  async take(one: Step): Promise<void> {
    const { received } = this.server;
    switch (one.do) {
      case 'sell': {
        const { seq } = this.facts.sell(one.item, one.quantity);
        this.own.push(sale(OWN, seq, one.item, one.quantity));
        return;
      }
      case 'other sells':
        received.push(sale(OTHER, nextSeq(received, OTHER), one.item, one.quantity));
        return;
      case 'count': {
        const covers = coversOf(one.item, received);
        const basis = { ...covers, [OWN]: Math.min(this.own.length, (covers[OWN] ?? 0) + one.ahead) };
        const seq = nextSeq(received, COUNTER);
        const fact = { kind: 'count', item: one.item, counted: one.counted, basis } as const;
        received.push({ journal: COUNTER, seq, hash: `${COUNTER}/${seq}`, fact });
        return;
      }
      case 'push': {
        const from = received.filter(({ journal }) => journal === OWN).length;
        received.push(...this.own.slice(from, from + one.records));
        return;
      }
      case 'pull':
        return this.#pull(one);
      case 'restart':
        await this.live.dispose();
        return this.open();
      case 'lose the replica':
        await this.live.dispose();
        rmSync(this.folder.path, { recursive: true });
        this.held.clear();
        this.place = null;
        return this.open();
      case 'back up the server':
        this.backup = { received: [...received], period: this.server.period };
        return;
      case 'restore the server':
        // What this register had given is sent again by it; the others' records that were not in the backup are gone with it.
        this.server = { received: [...this.backup.received], period: this.server.period + 1 };
        this.backup = { ...this.server, received: [...this.server.received] };
        return;
    }
  }

  async #pull({ inTwo, twice }: { inTwo: boolean; twice: boolean }): Promise<void> {
    const { received, period } = this.server;
    const beginsAnew = this.place?.period !== period;
    const documents = ITEMS.flatMap((id): ArrivingDocument[] => {
      const document = documentOf(id, received);
      return document ? [document] : [];
    });
    const seq = (this.place?.period === period ? this.place.seq : 0) + 1;
    const checkpoint = { period: `p${period}`, seq };
    const pages = inTwo ? [documents.slice(0, 1), documents.slice(1)] : [documents];
    for (const [nth, page] of pages.entries()) {
      const write = {
        documents: page,
        checkpoint,
        beginsAnew: beginsAnew && nth === 0,
        isWhole: nth === pages.length - 1,
      };
      await this.live.write(FEED, write);
      if (twice) await this.live.write(FEED, { ...write, beginsAnew: false });
      for (const { id } of page) this.held.set(id, [...received]);
    }
    if (beginsAnew) for (const id of ITEMS) if (!documents.some((one) => one.id === id)) this.held.delete(id);
    this.place = { period, seq };
    // Covered rows are taken away between this step and the next.
    await setTimeout(1);
  }

  /** What must be shown: everything in the document that is held, and everything that this register did, each once (I26). */
  expected(id: string): number | null {
    const known = [...(this.held.get(id) ?? []), ...this.own];
    const touching = known.filter(({ fact }) =>
      fact.kind === 'sale' ? fact.lines.some((line) => line.item === id) : fact.kind === 'count' && fact.item === id,
    );
    return touching.length === 0 ? null : onHandOf(stockOf(id, known));
  }

  async shown(id: string): Promise<number | null> {
    return (await this.live.stockOf(id, ['DUB1']))[0]?.onHand ?? null;
  }
}

test('[I26] [I10] whatever a day brings, stock as shown is the model’s, each fact once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
      const day = new Day();
      await day.open();
      try {
        for (const [nth, one] of steps.entries()) {
          await day.take(one);
          for (const id of ITEMS)
            expect(await day.shown(id), `${id} after step ${nth}, ${one.do}`).toBe(day.expected(id));
        }
        const orders = await day.live.findOrders({ text: '', blindKeys: [], limit: 100 });
        expect(orders.map(({ id }) => id).sort()).toEqual(day.own.map(({ seq }) => `${OWN}.${seq}`).sort());
      } finally {
        await day.live.dispose();
        day.folder.dispose();
      }
    }),
    propertyOptions(60),
  );
}, 120_000);

function sale(journal: string, seq: number, id: string, quantity: number): Recorded {
  return { journal, seq, hash: `${journal}/${seq}`, fact: { kind: 'sale', lines: [{ item: id, quantity, left: 0 }] } };
}

function nextSeq(records: readonly Recorded[], journal: string): number {
  return records.filter((record) => record.journal === journal).length + 1;
}

/** What the server's document of an item says that it includes: the last record of each journal that touches the item. */
function coversOf(id: string, received: readonly Recorded[]): Covers {
  const covers: Record<string, number> = {};
  for (const { journal, seq, fact } of received) {
    const touches =
      fact.kind === 'sale' ? fact.lines.some((line) => line.item === id) : 'item' in fact && fact.item === id;
    if (touches) covers[journal] = Math.max(covers[journal] ?? 0, seq);
  }
  return covers;
}

function documentOf(id: string, received: readonly Recorded[]): ArrivingDocument | null {
  const covers = coversOf(id, received);
  if (Object.keys(covers).length === 0) return null;
  const stock = stockOf(id, received);
  const count = stock.count && { basis: stock.count.basis };
  const body = { unit: 'EA', onHand: onHandOf(stock), asOf: '2026-03-02T08:00:00.000Z', count };
  return { id, deleted: false, covers: Object.entries(covers).map(([journal, seq]) => ({ journal, seq })), body };
}
