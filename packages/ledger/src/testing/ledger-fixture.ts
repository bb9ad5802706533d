import { join } from 'node:path';
import { exampleIdentity, exampleKey } from '@evertill/journal/testing';
import type { ChainedRecord, RecordContext } from '@evertill/journal';
import { exampleBasis, exampleSale } from '@evertill/records/testing';
import { seededRandom } from '@evertill/testkit';
import { fileHighWaterMark } from '../high-water-mark.ts';
import type { LedgerOptions } from '../ledger-options.ts';
import type { Ledger } from '../ledger.ts';

export const exampleContext: RecordContext = {
  actor: 'staff-7',
  businessDate: '2026-03-02',
  basis: exampleBasis,
  currency: 'EUR',
};

/** Options for a register that lives in one folder: `ledger/`, and outside it `marks/` and `copy/`. */
export function exampleOptions(root: string, overrides: Partial<LedgerOptions> = {}): LedgerOptions {
  let nowMs = Date.UTC(2026, 2, 2, 8, 0, 0);
  return {
    folder: join(root, 'ledger'),
    identity: exampleIdentity,
    key: exampleKey(1),
    clock: { nowMs: () => (nowMs += 1000), tzOffsetMin: () => 60 },
    random: seededRandom('ledger'),
    highWater: fileHighWaterMark(join(root, 'marks', 'high-water.json')),
    secondCopy: { folder: join(root, 'copy') },
    ...overrides,
  };
}

/** A sale as the register commits one: the record, what it means for the stock, the receipt, and its draft gone. */
export function commitSale(ledger: Ledger, transactionId: string): readonly ChainedRecord[] {
  const sale = exampleSale(transactionId, ledger.nextReceiptNumber());
  return ledger.append([sale], exampleContext, (tx) => {
    const { epoch, seq } = tx.records[0]!.head;
    for (const line of sale.payload.lines) {
      tx.addOverlay({
        kind: 'stock',
        entityId: line.itemId,
        epoch,
        seq,
        json: JSON.stringify({ quantity: -line.quantity }),
      });
    }
    tx.addPrintJob({
      jobId: transactionId,
      kind: 'receipt',
      document: { blocks: [{ kind: 'text', text: transactionId }] },
    });
    tx.removeDraft(transactionId);
  });
}
