import {
  type RecordHeader,
  type RecordType,
  type Fact,
  type ReadRecord,
  readRecord,
  writeRecord,
} from '@evertill/records';
import { exampleHeader, exampleSale } from '@evertill/records/testing';
import type { LedgerRecord } from '../projections/projection.ts';

const TENANT = 'acme';

/** A fact in its place in the ledger, read back from its canonical bytes. `journal` is `<register>.<epoch>`. */
export function ledgerRecord(
  journal: string,
  seq: number,
  fact: Fact,
  header: Partial<RecordHeader> = {},
): LedgerRecord {
  const [register = '', epoch = '1'] = journal.split('.');
  const head = { ...exampleHeader(fact.type), register, epoch: Number(epoch), seq, ...header };
  const read = readRecord(writeRecord(head as RecordHeader & { type: RecordType }, fact.payload as never));
  return { tenant: TENANT, store: read.header.store, journal, seq, read };
}

/** A record of a type that only a newer version, or only the server, knows. */
export function foreignRecord(journal: string, seq: number, type: string, payload: unknown): LedgerRecord {
  const [register = '', epoch = '1'] = journal.split('.');
  const header: RecordHeader = { ...exampleHeader('SignedOn'), type, register, epoch: Number(epoch), seq };
  const read: ReadRecord = { known: false, type, header, payload, writtenTypeV: 1 };
  return { tenant: TENANT, store: header.store, journal, seq, read };
}

/** A sale of some items, each line as in the example. */
export function saleOf(lines: readonly { itemId: string; quantity: number }[], receiptNumber = 1): Fact {
  const sale = exampleSale(`tx-${receiptNumber}`, receiptNumber);
  const [line] = sale.payload.lines;
  if (!line) throw new Error('the example of a sale has a line');
  const sold = lines.map(({ itemId, quantity }, index) => ({ ...line, lineId: `line-${index}`, itemId, quantity }));
  return { type: 'TransactionCompleted', payload: { ...sale.payload, lines: sold } };
}
