import { z } from 'zod';
import { idSchema, textSchema } from '../header.ts';
import { COUNTED_ITEMS_MAX } from '../limits.ts';

/**
 * Somebody counted. A count is not a delta: it corrects by what `basis` covered, and events outside the basis still apply
 * (ARCHITECTURE, decision 2). `basis` maps `"<journal>.<epoch>"` to the last sequence that the counter had seen.
 */
export const stockCounted = z.object({
  location: idSchema,
  items: z
    .array(
      z.object({
        itemId: idSchema,
        counted: z.number().int().min(-1_000_000_000).max(1_000_000_000),
        unit: z.enum(['EA', 'GRM']),
      }),
    )
    .min(1)
    .max(COUNTED_ITEMS_MAX),
  basis: z.record(z.string().max(120), z.number().int().min(0)),
  source: textSchema,
});
