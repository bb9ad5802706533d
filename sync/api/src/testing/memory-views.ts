import type { Key } from '../keys.ts';
import type {
  DocumentPlace,
  Found,
  JsonObject,
  LedgerRecord,
  Need,
  ProjectedDocument,
  Projection,
} from '../projections/projection.ts';

/** A projection's documents and rows in memory, written part by part: the shortest projector that keeps the rules. */
export type MemoryViews = {
  readonly documents: ReadonlyMap<string, DocumentPlace & ProjectedDocument>;
  readonly rows: ReadonlyMap<string, JsonObject>;
  /** Takes a record, however often; its journal's records have to come in order. */
  readonly take: (record: LedgerRecord) => void;
};

export function createMemoryViews(projection: Projection): MemoryViews {
  const documents = new Map<string, DocumentPlace & ProjectedDocument>();
  const rows = new Map<string, JsonObject>();
  const nameOf = ({ collection, scope, id }: DocumentPlace) => `${collection}/${scope}/${id}`;
  const rowName = ({ pk, sk }: Key) => `${pk}\n${sk}`;

  /** Only what was asked for is found: a part that reads more than it needs is a fault. */
  function foundFor(needs: readonly Need[]): Found {
    const asked = new Set(
      needs.map((need) => (need.kind === 'document' ? nameOf(need.place) : `row ${rowName(need.key)}`)),
    );
    const assertAsked = (name: string) => {
      if (!asked.has(name)) throw new Error(`${name} was not asked for`);
    };
    return {
      document(place) {
        assertAsked(nameOf(place));
        return documents.get(nameOf(place)) ?? null;
      },
      rowAtOrBefore(key) {
        assertAsked(`row ${rowName(key)}`);
        const names = [...rows.keys()].filter((name) => name.startsWith(`${key.pk}\n`) && name <= rowName(key));
        return rows.get(names.sort().at(-1) ?? '') ?? null;
      },
    };
  }

  return {
    documents,
    rows,
    take(record) {
      for (const part of projection.parts(record)) {
        for (const change of part.project(foundFor(part.needs))) {
          if (change.kind === 'row') rows.set(rowName(change.key), change.value);
          else {
            const { place, deleted, covers, body, inner } = change;
            documents.set(nameOf(place), { ...place, deleted, covers, body, inner });
          }
        }
      }
    },
  };
}
