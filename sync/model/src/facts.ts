/** `"<register>.<epoch>"`: one author's records in one life of its disk. Sequence numbers begin at 1 in each. */
export type JournalName = string;

/** What somebody has seen of each journal: every record up to that sequence. Missing: nothing. */
export type Covers = { readonly [journal: JournalName]: number };

export type SoldLine = {
  readonly item: string;
  readonly quantity: number;
  /** What the register showed afterwards. Only a planted bug reads it. */
  readonly left: number;
};

/** What the model knows of the shop: goods leave, somebody counts, and some records only a newer version can read. */
export type Fact =
  | { readonly kind: 'sale'; readonly lines: readonly SoldLine[] }
  /** Not a delta: it says what lay there when everything in `basis` had happened, and nothing else. */
  | { readonly kind: 'count'; readonly item: string; readonly counted: number; readonly basis: Covers }
  | { readonly kind: 'unreadable' };

/** A fact with its place. `(journal, seq)` is its identity, `hash` stands for its exact bytes. */
export type Recorded = {
  readonly journal: JournalName;
  readonly seq: number;
  readonly hash: string;
  readonly fact: Fact;
};

/** By how much a fact moves an item; 0 where it does not touch it. A count moves nothing. */
export function movementOf(fact: Fact, item: string): number {
  if (fact.kind !== 'sale') return 0;
  return -fact.lines.filter((line) => line.item === item).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The items whose stock a fact says something about, each once. */
export function itemsOf(fact: Fact): string[] {
  if (fact.kind === 'sale') return [...new Set(fact.lines.map(({ item }) => item))];
  return fact.kind === 'count' ? [fact.item] : [];
}

/** Whether what is covered includes this record. */
export function isCovered(covers: Covers, { journal, seq }: Pick<Recorded, 'journal' | 'seq'>): boolean {
  return (covers[journal] ?? 0) >= seq;
}
