import { cashForms, currencyDigits, defaultPermissions } from '@evertill/retail';
import { z } from 'zod';
import type { RegisterNeeds, RegisterSettings, StoreProfile } from './needs.ts';
import { RegisterFault } from './register-fault.ts';
import { withDeadline } from './shell/deadline.ts';
import { ANSWER_DEADLINE_MS } from './shell/limits.ts';
import type { RegisterView } from './views.ts';

const KEY = 'store-profile';

const profileSchema = z.object({
  id: z.string(),
  name: z.string(),
  addressLines: z.array(z.string()),
  currency: z.string().regex(/^[A-Z]{3}$/),
  countryCode: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  taxIncluded: z.boolean(),
  receiptFooterLines: z.array(z.string()),
});

/**
 * The store as last published. It is kept in the ledger too: a register whose catalog was deleted and is not yet imported again
 * still sells by hand-typed search of nothing, but closes its till, resumes and reprints.
 *
 * @throws RegisterFault `store-unknown` where no catalog has ever named this store.
 */
export async function loadStore(needs: RegisterNeeds): Promise<StoreProfile> {
  const published = await withDeadline(needs.timers, ANSWER_DEADLINE_MS, needs.catalog.store());
  const kept = profileSchema.safeParse(needs.ledger.setting(KEY));
  if (!published) {
    if (kept.success) return kept.data;
    throw new RegisterFault(
      'store-unknown',
      `store ${needs.identity.store} is in no catalog`,
      'The catalog of this store has not arrived yet. Connect the register once; after that it works without a network.',
    );
  }
  const profile = profileSchema.parse(published);
  const unchanged = kept.success && JSON.stringify(kept.data) === JSON.stringify(profile);
  if (!unchanged) needs.ledger.write((changes) => changes.putSetting(KEY, profile));
  return profile;
}

/** What is usual for the currency, unless the store decided otherwise. */
export function settingsFor(currency: string, decided: Partial<RegisterSettings> = {}): RegisterSettings {
  const cash = cashForms(currency);
  const denominationsMinor = [...(decided.denominationsMinor ?? cash.denominationsMinor)].sort((a, b) => b - a);
  const notesMinor = (decided.notesMinor ?? cash.notesMinor).filter((note) => denominationsMinor.includes(note));
  return {
    // Ten million of the major unit, and small enough that a full line stays a safe integer.
    limits: { lineQuantityMax: 999, totalMaxMinor: 10_000_000 * 10 ** currencyDigits(currency) },
    permissions: defaultPermissions,
    ...decided,
    denominationsMinor,
    notesMinor,
  };
}

export function registerView(needs: RegisterNeeds, store: StoreProfile, settings: RegisterSettings): RegisterView {
  return {
    tenant: needs.identity.tenant,
    storeId: needs.identity.store,
    storeName: store.name,
    registerId: needs.identity.register,
    currency: store.currency,
    currencyDigits: currencyDigits(store.currency),
    locale: store.locale,
    timeZone: store.timeZone,
    taxIncluded: store.taxIncluded,
    denominationsMinor: [...settings.denominationsMinor],
    quickCashMinor: [...settings.notesMinor].sort((a, b) => a - b),
    maxLineQuantity: settings.limits.lineQuantityMax,
    version: needs.version,
  };
}
