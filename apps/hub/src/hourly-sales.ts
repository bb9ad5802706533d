import type { BusEvent } from '@evertill/engine';
import { readRecord } from '@evertill/records';
import { migrate, type SqliteDatabase } from '@evertill/sqlite';

export type HourOfSales = {
  readonly tenant: string;
  readonly store: string;
  readonly businessDate: string;
  /** The hour of the day where the register stood, 0 to 23. */
  readonly hour: number;
  readonly currency: string;
  readonly sales: number;
  readonly totalMinor: number;
};

/**
 * Sales by the hour, for whoever plans staff: the first consumer of the bus. A row for each sale under the event's id, and sums of rows: an event
 * that comes again, or late, changes nothing.
 */
export class HourlySales {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    migrate(db, [
      {
        name: 'one row a sale',
        up: (target) =>
          target.exec(
            `CREATE TABLE sale (event_id TEXT NOT NULL, tenant TEXT NOT NULL, store TEXT NOT NULL, business_date TEXT NOT NULL, hour INTEGER NOT NULL,
             currency TEXT NOT NULL, total_minor INTEGER NOT NULL, PRIMARY KEY (tenant, event_id)) STRICT, WITHOUT ROWID`,
          ),
      },
    ]);
    this.#db = db;
  }

  /** @throws RecordFault for a text that is no record. */
  take({ detail }: BusEvent): void {
    const record = readRecord(detail.text);
    if (!record.known || record.type !== 'TransactionCompleted') return;
    const { at, tzOffsetMin, businessDate, currency } = record.header;
    const local = new Date(Date.parse(at) + tzOffsetMin * 60_000);
    this.#db
      .statement('INSERT OR IGNORE INTO sale VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(
        detail.id,
        detail.tenant,
        detail.store,
        businessDate ?? local.toISOString().slice(0, 10),
        local.getUTCHours(),
        currency ?? '',
        record.payload.totals.totalMinor,
      );
  }

  summary(): HourOfSales[] {
    return this.#db
      .statement<HourOfSales>(
        `SELECT tenant, store, business_date AS businessDate, hour, currency, count(*) AS sales, sum(total_minor) AS totalMinor
         FROM sale GROUP BY tenant, store, business_date, hour, currency ORDER BY tenant, store, business_date, hour, currency`,
      )
      .all();
  }

  /** What a replay then fills again. */
  clear(): void {
    this.#db.statement('DELETE FROM sale').run();
  }
}
