import type { Key } from '@evertill/api';
import { itemOf, plainItem } from '../sources/plain-value.ts';
import type { PlannedPut, Tables } from '../tables/tables.ts';

const TABLE = 'views';

type Row = Record<string, unknown>;

/**
 * The table `views` with writes that are not on the disk yet: they are read as if they were, and go there together, in one short
 * transaction. So the lock is held while writing only, and what many records change is written once.
 */
export class ViewBatch {
  readonly #tables: Tables;
  /** By partition and sort key. */
  readonly #rows = new Map<string, Map<string, { row: Row; put: PlannedPut }>>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  read({ pk, sk }: Key): Row | undefined {
    const unwritten = this.#rows.get(pk)?.get(sk);
    if (unwritten) return unwritten.row;
    const item = this.#tables.getItem(TABLE, itemOf({ pk, sk }));
    return item && plainItem(item);
  }

  /** The row of the partition with the greatest sort key that is not beyond `sk`. */
  rowAtOrBefore({ pk, sk }: Key): Row | undefined {
    const { items } = this.#tables.query(TABLE, {
      keyCondition: 'pk = :pk AND sk <= :sk',
      values: { ':pk': { S: pk }, ':sk': { S: sk } },
      forward: false,
      limit: 1,
    });
    let found = items[0] && plainItem(items[0]);
    for (const [at, { row }] of this.#rows.get(pk) ?? []) {
      if (at <= sk && (found === undefined || at >= String(found.sk))) found = row;
    }
    return found;
  }

  /** All of them or, with a throw of `ValidationFault`, none: what the table would refuse is refused here. */
  put(rows: readonly Row[]): void {
    const planned = rows.map((row) => ({ row, put: this.#tables.planPut(TABLE, itemOf(row)) }));
    for (const one of planned) {
      const [pk, sk] = [String(one.row.pk), String(one.row.sk)];
      const partition = this.#rows.get(pk) ?? new Map<string, (typeof planned)[number]>();
      this.#rows.set(pk, partition.set(sk, one));
    }
  }

  /** Durable when it returns. Throws `SqliteFault`; nothing is written then. */
  write(): void {
    const puts = [...this.#rows.values()].flatMap((partition) => [...partition.values()].map(({ put }) => put));
    if (puts.length > 0) this.#tables.carryOut(puts);
  }
}
