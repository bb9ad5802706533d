import { z } from 'zod';
import { amountMinorSchema, idSchema, textSchema } from '../header.ts';
import { LINES_MAX } from '../limits.ts';
import { unitSchema } from './transaction.ts';

const blindKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A web channel took an order of a customer, to be handed over in or sent from one store, whose stock it lowers. Personal data is not in it:
 * only blind keys to look it up by.
 */
export const orderPlaced = z.object({
  /** The number that the customer was given. */
  number: z.string().min(1).max(80),
  /** The store that fulfils it. */
  location: idSchema,
  fulfilment: z.enum(['pickup', 'shipment']),
  lines: z
    .array(
      z.object({
        lineId: idSchema,
        itemId: idSchema,
        name: textSchema,
        quantity: z.number().int().min(1).max(1_000_000_000),
        unit: unitSchema,
        totalMinor: amountMinorSchema,
      }),
    )
    .min(1)
    .max(LINES_MAX),
  totalMinor: amountMinorSchema,
  /** HMAC-SHA-256, hex, under the tenant's look-up key, of the normalised values. */
  findBy: z.object({
    mail: blindKeySchema.nullable(),
    phone: blindKeySchema.nullable(),
    name: z.array(blindKeySchema).max(8),
  }),
});
