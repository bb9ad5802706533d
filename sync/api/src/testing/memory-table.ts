import type { Key } from '../keys.ts';

export type Row = Key & { readonly [attribute: string]: unknown };

/** A table with partition and sort key, ordered as DynamoDB orders text. */
export type MemoryTable = {
  readonly get: (key: Key) => Row | undefined;
  readonly put: (row: Row) => void;
  /** A partition by sort key. */
  readonly partition: (pk: string) => Row[];
  readonly all: () => Row[];
};

export function createMemoryTable(): MemoryTable {
  const rows = new Map<string, Row>();
  const nameOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;
  const sorted = () => [...rows.values()].sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
  return {
    get: (key) => rows.get(nameOf(key)),
    put: (row) => void rows.set(nameOf(row), row),
    partition: (pk) => sorted().filter((row) => row.pk === pk),
    all: sorted,
  };
}
