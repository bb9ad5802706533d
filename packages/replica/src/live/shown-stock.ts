import { z } from 'zod';

/** What is on hand of an item at a location as a screen may say it. */
export type ShownStock = {
  location: string;
  onHand: number;
  unit: 'EA' | 'GRM';
  /** The latest record in the server's figure; `null` where only local records are known. */
  asOf: string | null;
};

/** A movement that this register recorded: sold pieces are negative. */
export type LocalMovement = { journal: string; seq: number; location: string; quantity: number; unit: 'EA' | 'GRM' };

const unit = z.enum(['EA', 'GRM']);
/** As much of a stock document's body as the merge needs (sync/api, `StockBody`). */
const stockBody = z.object({
  unit,
  onHand: z.number().int(),
  asOf: z.string(),
  count: z.object({ basis: z.record(z.string(), z.number().int()) }).nullable(),
});

/** A document of the collection `stock`: its covers, and its body as it came. */
export type StockDocument = { covers: Readonly<Record<string, number>>; body: unknown };

/**
 * The coverage rule (I26): the server's document and those local movements that it does not cover, each exactly once. A count at the server
 * may have seen records of this register that the document itself does not cover yet: those are in the counted figure already.
 *
 * `null` where nothing is known of the item there. A document that cannot be read counts as none.
 */
export function shownStock(
  location: string,
  document: StockDocument | null,
  movements: readonly LocalMovement[],
): ShownStock | null {
  const read = document ? stockBody.safeParse(document.body) : null;
  const server = read?.success ? read.data : null;
  const here = movements.filter((movement) => movement.location === location);
  const uncovered = server && document ? here.filter((one) => !includes(document.covers, one)) : here;
  if (!server && uncovered.length === 0) return null;
  const basis = server?.count?.basis ?? {};
  const moved = uncovered.filter((one) => !includes(basis, one)).reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    location,
    onHand: (server?.onHand ?? 0) + moved,
    unit: server?.unit ?? uncovered[0]?.unit ?? 'EA',
    asOf: server?.asOf ?? null,
  };
}

function includes(covers: Readonly<Record<string, number>>, { journal, seq }: LocalMovement): boolean {
  return (covers[journal] ?? 0) >= seq;
}
