import { basisSchema, recordTypes } from '@evertill/records';
import type { SuspendedRecord } from '@evertill/retail';
import { z } from 'zod';

/** A document of the collection `suspended`: the record's payload, with what of its header the transaction needs to go on. */
const suspendedBody = recordTypes.TransactionSuspended.payload.extend({
  register: z.string(),
  at: z.string(),
  currency: z.string(),
  basis: basisSchema,
});

/** What another register put aside, `null` where the document cannot be read here. */
export function suspendedOfDocument(id: string, body: unknown): SuspendedRecord | null {
  const [, register, epoch, seq] = /^(.+)\.(\d+)\.(\d+)$/.exec(id) ?? [];
  const read = suspendedBody.safeParse(body);
  if (register === undefined || !read.success) return null;
  const { register: _register, at, currency, basis, ...payload } = read.data;
  return { payload, at, currency, basis, by: { register, epoch: Number(epoch), seq: Number(seq) } };
}
