import { changeOf, cursorKey, documentKey, scopeKey } from '@evertill/api';
import type { Change, DocumentPlace, Found, Key, Need, ProjectedDocument } from '@evertill/api';
import { canonicalText } from '@evertill/records';
import type { CanonicalValue } from '@evertill/records';
import { z } from 'zod';
import { TRANSACTION_WRITES_MAX } from '../tables/tables.ts';
import { ValidationFault } from '../tables/table-fault.ts';
import type { ViewBatch } from './view-batch.ts';

/** Where a projection goes on in a journal: `part` parts of the record after `seq` are done. */
export interface Cursor {
  seq: number;
  part: number;
}

/** How far a collection of a scope has moved: what a hint says. */
export interface ScopeMoved {
  collection: string;
  scope: string;
  period: string;
  seq: number;
}

const cursorRow = z.object({ seq: z.number(), part: z.number() });
const scopeRow = z.object({ period: z.string(), seq: z.number() });
const documentRow = z.object({
  deleted: z.boolean(),
  covers: z.array(z.object({ journal: z.string(), seq: z.number() })),
  body: z.string(),
  inner: z.string(),
});
const json = z.record(z.string(), z.json());

/** The table `views` as a projector reads and writes it, for one tenant and one projection. */
export class ViewStore {
  readonly #batch: ViewBatch;
  readonly #tenant: string;
  readonly #projection: string;
  readonly #period: string;

  constructor(batch: ViewBatch, tenant: string, projection: string, period: string) {
    this.#batch = batch;
    this.#tenant = tenant;
    this.#projection = projection;
    this.#period = period;
  }

  cursor(journal: string): Cursor {
    const row = this.#batch.read(cursorKey(this.#tenant, this.#projection, journal));
    return row ? cursorRow.parse(row) : { seq: 0, part: 0 };
  }

  /** What a part asked for; it finds nothing else. */
  find(needs: readonly Need[]): Found {
    const documents = new Map<string, ProjectedDocument | null>();
    const rows = new Map<string, ReturnType<Found['rowAtOrBefore']>>();
    for (const need of needs) {
      if (need.kind === 'document') documents.set(placeName(need.place), this.#document(need.place));
      else rows.set(keyName(need.key), this.#rowAtOrBefore(need.key));
    }
    return {
      document: (place) => asked(documents, placeName(place)),
      rowAtOrBefore: (key) => asked(rows, keyName(key)),
    };
  }

  /**
   * Writes a part's changes, the sequences of their scopes and the cursor, all or nothing. `settledSeq` moves in the same transaction:
   * unlike an index of DynamoDB, ours shows a transaction wholly or not at all.
   */
  commit(journal: string, cursor: Cursor, changes: readonly Change[]): ScopeMoved[] {
    const moved = new Map<string, ScopeMoved>();
    const writes = changes.map((change) => {
      if (change.kind === 'row') return put(change.key, change.value);
      const { collection, scope, id } = change.place;
      const at = this.#nextPlace(moved, collection, scope);
      return put(documentKey(this.#tenant, collection, scope, id), {
        collection,
        scope,
        id,
        period: at.period,
        seq: at.seq,
        change: changeOf(at.period, at.seq),
        deleted: change.deleted,
        covers: Object.entries(change.covers)
          .map(([name, seq]) => ({ journal: name, seq }))
          .sort((a, b) => (a.journal < b.journal ? -1 : 1)),
        body: canonicalText(change.body as CanonicalValue),
        inner: canonicalText(change.inner as CanonicalValue),
      });
    });
    const scopes = [...moved.values()].map(({ collection, scope, period, seq }) =>
      put(scopeKey(this.#tenant, collection, scope), { period, seq, settledSeq: seq }),
    );
    const progress = put(cursorKey(this.#tenant, this.#projection, journal), { ...cursor });
    const rows = [...writes, ...scopes, progress];
    // On AWS a part is one transaction of DynamoDB.
    if (rows.length > TRANSACTION_WRITES_MAX) throw new ValidationFault(`A part of ${rows.length} writes`);
    this.#batch.put(rows);
    return [...moved.values()];
  }

  #nextPlace(moved: Map<string, ScopeMoved>, collection: string, scope: string): ScopeMoved {
    const name = `${collection}/${scope}`;
    let at = moved.get(name);
    if (!at) {
      const row = this.#batch.read(scopeKey(this.#tenant, collection, scope));
      const held = row ? scopeRow.parse(row) : { period: this.#period, seq: 0 };
      // A new period begins anew; sequences are compared only within one.
      at = { collection, scope, period: this.#period, seq: held.period === this.#period ? held.seq : 0 };
      moved.set(name, at);
    }
    at.seq++;
    return at;
  }

  #document({ collection, scope, id }: DocumentPlace): ProjectedDocument | null {
    const row = this.#batch.read(documentKey(this.#tenant, collection, scope, id));
    if (!row) return null;
    const { deleted, covers, body, inner } = documentRow.parse(row);
    return {
      deleted,
      covers: Object.fromEntries(covers.map(({ journal, seq }) => [journal, seq])),
      body: json.parse(JSON.parse(body)),
      inner: json.parse(JSON.parse(inner)),
    };
  }

  #rowAtOrBefore(key: Key): ReturnType<Found['rowAtOrBefore']> {
    const row = this.#batch.rowAtOrBefore(key);
    return row ? json.parse(row) : null;
  }
}

function put({ pk, sk }: Key, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...values, pk, sk };
}

function placeName({ collection, scope, id }: DocumentPlace): string {
  return `${collection}\n${scope}\n${id}`;
}

function keyName({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

function asked<T>(found: ReadonlyMap<string, T>, name: string): T {
  const value = found.get(name);
  if (value === undefined) throw new Error('A projection read what it had not asked for');
  return value;
}
