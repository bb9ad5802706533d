import { amountMinorSchema, idSchema, LINES_MAX, textSchema } from '@evertill/records';
import { z } from 'zod';

const blindKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a web channel records: an order of a customer, to be handed over in or sent from one store, whose stock it lowers. A record of a
 * type that registers relay without knowing it (records, README); personal data is not in it: only blind keys to look it up by.
 */
export const orderPlacedSchema = z.object({
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
        unit: z.enum(['EA', 'GRM']),
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
export type OrderPlaced = z.infer<typeof orderPlacedSchema>;
