import { z } from 'zod';

/** Where a device's bytes come from and go to; mirrors LinkSettings of the driver contract. */
const linkSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('serial'),
    path: z.string().min(1).max(300),
    baudRate: z.number().int().min(300).max(1_000_000),
  }),
  z.object({ kind: z.literal('tcp'), host: z.string().min(1).max(253), port: z.number().int().min(1).max(65535) }),
]);
export type DeviceLink = z.infer<typeof linkSchema>;

/** Everything the core needs to know to start; main and the headless entry make it, the core checks it. */
export const coreConfigSchema = z.object({
  /** The store's folder: the hub's published files and the enrolment. */
  storeFolder: z.string().min(1),
  registerNumber: z.number().int().min(1).max(999),
  /** This register's folder: ledger, replica, keys. */
  registerFolder: z.string().min(1),
  /** Where the high-water mark lies: outside of the register's folder, so that restoring that folder does not carry it along. */
  marksFolder: z.string().min(1),
  /** Where the second copy of the journal goes; best on another medium. */
  secondCopyFolder: z.string().min(1),
  /** Makes the demonstration shop when there is no enrolment yet. */
  demoShop: z.object({ items: z.number().int().min(1).max(1_000_000), seed: z.number().int() }).nullable(),
  devices: z.object({ printer: linkSchema.nullable(), scanner: linkSchema.nullable() }),
  /** The seed of this register's Ed25519 key. */
  signingSeedHex: z.string().regex(/^[0-9a-f]{64}$/),
  importWorkerPath: z.string().min(1),
  /** The hub that this register's records go to; `code` joins it the first time. */
  hub: z.object({ url: z.url().max(300), code: z.string().min(1).max(40).nullable() }).nullable(),
  version: z.string().min(1).max(40),
});
export type CoreConfig = z.infer<typeof coreConfigSchema>;
