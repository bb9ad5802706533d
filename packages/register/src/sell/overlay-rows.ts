import type { PayloadOf, RecordHeader } from '@evertill/records';
import { orderOfSale } from '@evertill/retail';
import type { OrderRow, OverlayRow, StockMovement } from '../needs.ts';

/**
 * What a sale means until the server's documents cover it: one row per item that leaves the shelf (quantities of a unit never mix within an
 * item), and the order, under the id that the server will give it. A row follows from its record alone, so it can be made again.
 */
export function overlayRowsOf(header: RecordHeader, sale: PayloadOf<'TransactionCompleted'>): OverlayRow[] {
  const { register, store, epoch, seq } = header;
  const sold = new Map<string, StockMovement>();
  for (const { itemId, unit, quantity } of sale.lines) {
    const before = sold.get(itemId)?.quantity ?? 0;
    sold.set(itemId, { location: store, quantity: before - quantity, unit });
  }
  const rows = [...sold].map(([entityId, movement]) => ({
    kind: 'stock',
    entityId,
    epoch,
    seq,
    json: JSON.stringify(movement),
  }));
  const order: OrderRow = { body: orderOfSale(header, sale) };
  const entityId = `${register}.${epoch}.${seq}`;
  return [...rows, { kind: 'order', entityId, epoch, seq, json: JSON.stringify(order) }];
}
