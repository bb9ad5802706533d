import { readSegment } from '@evertill/journal';
import { readRecord, utf8Length } from '@evertill/records';

/** EventBridge takes 256 KB an entry, names included; a longer record travels without its text. */
const TEXT_BYTES_MAX = 200 * 1024;

/** One entry for the bus, as EventBridge's PutEvents takes it; `Detail` is JSON. */
export type LedgerEvent = {
  readonly Source: 'evertill.ledger';
  /** The record's type, also one that nobody here knows. */
  readonly DetailType: string;
  readonly Detail: string;
};

/** What the ledger stores of a segment, and whether its epoch is contested. */
export type StoredSegment = { readonly text: string; readonly contested: boolean };

/**
 * The events of a segment that was committed: one a record, in order, though the bus keeps neither order nor once. `id` is the record's
 * identity: a consumer that has seen it has seen this event.
 *
 * @throws RangeError when the stored text is no segment: what was committed was readable.
 */
export function segmentEvents({ text, contested }: StoredSegment): LedgerEvent[] {
  const records = readSegment(text);
  if (!records) throw new RangeError('the stored text is no segment');
  return records.map((record) => {
    const { tenant, store, register, epoch, seq, type, typeV, at } = readRecord(record.text).header;
    const detail = {
      id: `${register}.${epoch}.${seq}`,
      tenant,
      store,
      register,
      epoch,
      seq,
      typeV,
      at,
      hash: record.hash,
      contested,
      text: utf8Length(record.text) > TEXT_BYTES_MAX ? null : record.text,
    };
    return { Source: 'evertill.ledger', DetailType: type, Detail: JSON.stringify(detail) };
  });
}
