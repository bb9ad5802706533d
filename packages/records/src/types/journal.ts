import { z } from 'zod';
import { hashSchema, idSchema } from '../header.ts';

/**
 * The first record of every epoch. A new epoch is opened, offline if need be, when the ledger is behind the high-water mark kept
 * outside it (restored, cloned) or was repaired; the server accepts or contests it later.
 */
export const epochOpened = z.object({
  parent: z.object({ epoch: z.number().int().min(1), seq: z.number().int().min(1), hash: hashSchema }).nullable(),
  reason: z.enum(['enrolled', 'restored', 'cloned', 'repaired']),
  /** 128 random bits: two clones that open the same epoch differ from here on. */
  random: z.string().regex(/^[0-9a-f]{32}$/),
  /** The public half of the key that signs this epoch (Ed25519, raw 32 bytes, hex). */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  keyId: idSchema,
});
