import { z } from 'zod';
import type { LocalMovement } from './shown-stock.ts';

/** What a record of this register means for one entity, until a document of the server covers it. The ledger keeps it. */
export type LocalRow = { kind: string; entityId: string; epoch: number; seq: number; json: string };
export type CoveredRow = Pick<LocalRow, 'kind' | 'entityId' | 'epoch' | 'seq'>;

/** The register's own facts as the merge reads them. Calls are synchronous: what returned is on disk. */
export type LocalFacts = {
  /** This register: its journals are `<register>.<epoch>`. */
  readonly register: string;
  readonly store: string;
  /** Rows of a kind in the order of recording, of one entity or of all. */
  rows(kind: 'order' | 'stock', entityId?: string): readonly LocalRow[];
  /** Removes rows, and those of the same entity and epoch before them. */
  remove(covered: readonly CoveredRow[]): void;
  /** For which reading of which replica rows were last removed; `null` before the first time. */
  prunedFor(): string | null;
  /** Makes every row anew from the journal, and notes for which replica rows may be removed from then on. May take seconds; yields. */
  deriveAnew(replica: string): Promise<void>;
};

const movement = z.object({ location: z.string(), quantity: z.number().int(), unit: z.enum(['EA', 'GRM']) });

export function movementsOf(facts: LocalFacts, itemId: string): LocalMovement[] {
  return facts.rows('stock', itemId).flatMap(({ epoch, seq, json }) => {
    const read = movement.safeParse(JSON.parse(json));
    return read.success ? [{ journal: `${facts.register}.${epoch}`, seq, ...read.data }] : [];
  });
}

const order = z.object({ body: z.looseObject({ number: z.string(), at: z.string() }) });
export type LocalOrder = { id: string; at: string; number: string; body: Record<string, unknown> };

/** The order of a row, `null` for a row that this version cannot read. */
export function orderOf({ entityId, json }: LocalRow): LocalOrder | null {
  const read = order.safeParse(JSON.parse(json));
  if (!read.success) return null;
  const { body } = read.data;
  return { id: entityId, at: body.at, number: body.number, body };
}
