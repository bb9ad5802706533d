import type { ConfirmedMemory, EpochHead } from '@evertill/client';
import type { Ledger } from '@evertill/ledger';
import { z } from 'zod';

const CONFIRMED = 'sync.confirmed';
const confirmedSchema = z
  .array(z.object({ epoch: z.number().int(), seq: z.number().int(), hash: z.string() }))
  .max(1_000);

/** What the server last confirmed, kept in the ledger's settings, and how many sales that is. */
export type Confirmed = ConfirmedMemory & { sales(): number };

export function confirmedIn(ledger: Pick<Ledger, 'setting' | 'write' | 'salesBetween'>): Confirmed {
  const load = (): readonly EpochHead[] => {
    const parsed = confirmedSchema.safeParse(ledger.setting(CONFIRMED));
    return parsed.success ? parsed.data : [];
  };
  /** By epoch: how far sales have been counted. Asked for after every commit, so it only ever counts what is new. */
  const counted = new Map<number, { seq: number; sales: number }>();
  let confirmed = load();
  const salesOf = ({ epoch, seq }: EpochHead): number => {
    const before = counted.get(epoch);
    const from = before && before.seq <= seq ? before : { seq: 0, sales: 0 };
    const sales = from.sales + (from.seq === seq ? 0 : ledger.salesBetween(epoch, from.seq, seq));
    counted.set(epoch, { seq, sales });
    return sales;
  };
  return {
    load,
    save(heads) {
      ledger.write((tx) => tx.putSetting(CONFIRMED, heads));
      confirmed = heads;
    },
    sales: () => confirmed.reduce((sum, head) => sum + salesOf(head), 0),
  };
}
