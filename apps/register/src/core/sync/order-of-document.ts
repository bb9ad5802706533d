import type { FoundOrder } from '@evertill/register';
import { z } from 'zod';

const line = z.object({
  lineId: z.string(),
  itemId: z.string(),
  name: z.string(),
  quantity: z.number().int().min(0),
  unit: z.enum(['EA', 'GRM']),
  totalMinor: z.number().int(),
});
/** As much of an order's document as a register shows; what else it carries stays in the replica. */
const orderBody = z.object({
  number: z.string().min(1).max(80),
  channel: z.enum(['store', 'web']),
  status: z.enum(['completed', 'awaiting-pickup', 'awaiting-shipment']),
  store: z.string().min(1).max(80),
  register: z.string().min(1).max(80),
  at: z.string().min(1).max(40),
  currency: z.string().min(3).max(3),
  totalMinor: z.number().int(),
  lines: z.array(line).max(500),
});

/** The order that a document says, `null` where this version cannot show it: a newer server may know more kinds. */
export function orderOfDocument(id: string, body: unknown, atServer: boolean): FoundOrder | null {
  const read = orderBody.safeParse(body);
  if (!read.success) return null;
  const { store, register, ...order } = read.data;
  return { orderId: id, storeId: store, registerId: register, ...order, atServer };
}
