import type { Store, Tax } from '@evertill/published';
import type { RegisterSettings, StaffRole } from '@evertill/enrolment';
import { TAX_EXEMPT, TAX_REDUCED, TAX_STANDARD, TAX_ZERO } from '../tax-class-names.ts';

/** The demonstration shop: made up, in Dublin, because Irish VAT uses a standard, a reduced and a zero rate on everyday goods. */
export const demonstrationStore: Store = {
  id: 'DUB1',
  name: 'Larkfield Market',
  addressLines: ['14 Larkfield Quay', 'Dublin 7'],
  currency: 'EUR',
  countryCode: 'IE',
  locale: 'en-IE',
  timeZone: 'Europe/Dublin',
  taxIncluded: true,
  receiptFooterLines: ['Thank you for shopping at Larkfield Market', 'Returns within 28 days with this receipt'],
};

/** The other stores of the chain: their stock is shown in Dublin. */
export const demonstrationNeighbours: readonly { id: string; name: string }[] = [
  { id: 'CRK1', name: 'Larkfield Cork' },
  { id: 'GWY1', name: 'Larkfield Galway' },
];

/** Irish VAT as of 2025. Rates are published with the catalog, so that a change of law needs no new program. */
export const demonstrationTaxes: readonly Tax[] = [
  { id: TAX_STANDARD, name: 'Standard', rates: [{ rateId: 'vat-standard', name: 'VAT', ratePpm: 230_000 }] },
  { id: TAX_REDUCED, name: 'Reduced', rates: [{ rateId: 'vat-reduced', name: 'VAT', ratePpm: 135_000 }] },
  { id: TAX_ZERO, name: 'Zero', rates: [{ rateId: 'vat-zero', name: 'VAT', ratePpm: 0 }] },
  { id: TAX_EXEMPT, name: 'Exempt', rates: [] },
];

export const demonstrationSettings: RegisterSettings = {
  cashRounding: null,
  maxLineQuantity: 9_999,
  maxTenderMinor: 100_000_000,
  quickCashMinor: [500, 1_000, 2_000, 5_000, 10_000],
  denominationsMinor: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
};

/** The people of the demonstration shop. Their PINs are no secret: `npm start` prints them. */
export const demonstrationStaff: readonly { id: string; name: string; role: StaffRole; pin: string }[] = [
  { id: 'staff-aoife', name: 'Aoife Byrne', role: 'cashier', pin: '1111' },
  { id: 'staff-mateo', name: 'Mateo Núñez', role: 'cashier', pin: '2222' },
  { id: 'staff-zoe', name: 'Zoë Lindqvist', role: 'supervisor', pin: '5555' },
  { id: 'staff-cormac', name: 'Cormac Daly', role: 'manager', pin: '9999' },
];

export const DEMONSTRATION_TENANT = 'demo';
/** How long a grant to sign in offline lasts. */
export const GRANT_DAYS = 365;
