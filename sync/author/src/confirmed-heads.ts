import type { ConfirmedMemory, EpochHead } from '@evertill/client';
import type { Ledger } from '@evertill/ledger';
import { z } from 'zod';

const SETTING = 'sync.confirmed';
const confirmedSchema = z.object({
  keyId: z.string(),
  issuer: z.string(),
  heads: z.array(z.object({ epoch: z.number().int(), seq: z.number().int(), hash: z.string() })).max(1_000),
});

/** What a hub last confirmed, kept in the ledger's settings. What one hub confirmed says nothing about another. */
export function confirmedHeads(
  ledger: Pick<Ledger, 'setting' | 'write'>,
  { keyId, issuer }: { readonly keyId: string; readonly issuer: string },
): ConfirmedMemory {
  return {
    load(): readonly EpochHead[] {
      const kept = confirmedSchema.safeParse(ledger.setting(SETTING));
      return kept.success && kept.data.issuer === issuer && kept.data.keyId === keyId ? kept.data.heads : [];
    },
    save(heads) {
      ledger.write((tx) => tx.putSetting(SETTING, { keyId, issuer, heads }));
    },
  };
}

/** Joined anew: the hub may be another one behind the same address, and is asked for everything. */
export function forgetConfirmed(ledger: Pick<Ledger, 'write'>): void {
  ledger.write((tx) => tx.putSetting(SETTING, null));
}
