import { z } from 'zod';

/**
 * What a register is told when it joins a store, as `enrolment.json` carries it. The file holds the pepper and the PIN
 * verifiers: it travels to one register and is then kept under that machine's key.
 */

const id = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@|+-]*$/);
const name = z.string().min(1).max(200);
const instant = z.iso.datetime();
const amountMinor = z.int().min(1).max(1_000_000_000_000);

/**
 * A PIN as a register may hold it: scrypt (RFC 7914) over the PIN keyed with the store's pepper. The bounds keep a forged file from
 * asking for gigabytes of memory.
 */
export const pinVerifierSchema = z.object({
  alg: z.literal('scrypt'),
  /** Cost: a power of two. */
  N: z.union([z.literal(1 << 14), z.literal(1 << 15), z.literal(1 << 16), z.literal(1 << 17)]),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(16),
  saltBase64: z.base64().min(16).max(128),
  verifierBase64: z.base64().min(32).max(128),
});
export type PinVerifier = z.infer<typeof pinVerifierSchema>;

export const staffRoleSchema = z.enum(['cashier', 'supervisor', 'manager']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

export const enrolledPersonSchema = z.object({
  id,
  name,
  role: staffRoleSchema,
  pin: pinVerifierSchema,
  /** After this instant the person can no longer sign in on this register without the network. */
  grantExpiresAt: instant,
});
export type EnrolledPerson = z.infer<typeof enrolledPersonSchema>;

export const registerSettingsSchema = z.object({
  /** The smallest coin that cash totals are rounded to; null where every minor unit is paid. */
  cashRounding: z.object({ incrementMinor: amountMinor }).nullable(),
  maxLineQuantity: z.int().min(1).max(1_000_000),
  maxTenderMinor: amountMinor,
  /** Amounts offered as one-touch cash tenders, ascending. */
  quickCashMinor: z.array(amountMinor).max(12),
  /** Notes and coins of the currency, descending: what a drawer count asks for. */
  denominationsMinor: z.array(amountMinor).min(1).max(40),
});
export type RegisterSettings = z.infer<typeof registerSettingsSchema>;

const currencyCode = z.string().regex(/^[A-Z]{3}$/);
const storeNameSchema = z.object({ id, name });
const lookupKeySchema = z.base64().min(43).max(44);
const publisherSchema = z.object({ keyId: z.string().min(1).max(200), publicKeyPem: z.string().min(1).max(2000) });
const scopeSchema = z.string().min(1).max(64);

export const enrolmentSchema = z.object({
  v: z.literal(1),
  tenant: id,
  store: z.object({
    id,
    name,
    currency: currencyCode,
    countryCode: z.string().regex(/^[A-Z]{2}$/),
    timeZone: z.string().min(1).max(64),
  }),
  register: z.object({ id, number: z.int().min(1).max(9999) }),
  /** Whose snapshots this register accepts. */
  publisher: publisherSchema,
  /** The assortment and price zone that it reads. */
  scope: scopeSchema,
  staff: z.array(enrolledPersonSchema).min(1).max(1000),
  pinPepperBase64: z.base64().min(32).max(128),
  settings: registerSettingsSchema,
  /** Other stores of the tenant, whose stock is shown here. */
  neighbours: z.array(storeNameSchema).max(50).default([]),
  /** By which customers are looked up, see `createLookupKeys`; a register that was enrolled without it finds orders by number. */
  lookupKeyBase64: lookupKeySchema.optional(),
});
export type Enrolment = z.infer<typeof enrolmentSchema>;

/** What a web channel is told when it joins a tenant: which stores it sells for, and what it reads their catalog and customers by. */
export const channelEnrolmentSchema = z.object({
  v: z.literal(1),
  tenant: id,
  /** Who it is in its own journal. */
  author: id,
  stores: z
    .array(storeNameSchema.extend({ currency: currencyCode }))
    .min(1)
    .max(1000),
  publisher: publisherSchema,
  scope: scopeSchema,
  lookupKeyBase64: lookupKeySchema,
});
export type ChannelEnrolment = z.infer<typeof channelEnrolmentSchema>;

/** The id of a register: unique in its tenant, because it carries the store's. */
export function registerIdOf(storeId: string, number: number): string {
  return `${storeId}-${number}`;
}

export { createLookupKeys, type LookupKeys } from './lookup-keys.ts';
export { createPinVerifier, verifyPin } from './pin.ts';
