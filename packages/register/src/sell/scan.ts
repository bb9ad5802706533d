import { isPermitted } from '@evertill/retail';
import { findByCode } from '../catalog/find-item.ts';
import type { Workplace } from '../shell/workplace.ts';
import { addFound } from './lines.ts';

/** The number that this product prints as a bar code under a receipt: store, register, epoch, number. */
const isReceiptLabel = (code: string): boolean => /^[A-Z0-9]{1,20}-\d{1,4}-\d{1,6}-\d{6,}$/i.test(code.trim());

export type Scan = { code: string; /** When the last byte came, epoch ms. */ atMs: number };

/** Where a scan goes: onto the transaction, or into a notice that says why not. Never into a field, never nowhere. */
export async function routeScan(workplace: Workplace, { code, atMs }: Scan): Promise<void> {
  const { memory } = workplace;
  if (!memory.signedOn) return workplace.notify('warning', 'scan-ignored-signed-off', code);
  if (isReceiptLabel(code)) return workplace.notify('info', 'receipt-scanned', code);
  if (!memory.till) return workplace.notify('warning', 'scan-ignored-till-closed', code);
  if (memory.transaction?.status === 'tendering') return workplace.notify('warning', 'scan-ignored-tendering', code);
  if (!isPermitted(memory.settings.permissions, memory.signedOn.role, 'sell')) {
    return workplace.notify('error', 'refused', 'not-permitted');
  }
  const found = await findByCode(workplace, code);
  if (found.kind === 'unknown') return workplace.notify('warning', 'unknown-code', code);
  if (found.kind === 'ambiguous') return workplace.notify('warning', 'ambiguous-code', code);
  const added = addFound(workplace, found.item, { kind: 'scan', receivedAtMs: atMs });
  if (added.ok) return;
  if (added.error.code === 'no-price') workplace.notify('warning', 'no-price', found.item.name);
  else workplace.notify('error', 'refused', added.error.code);
}
