import { z } from 'zod';
import type { Operation } from './call-api.ts';

const claimSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(['RESUME_TRANSACTION', 'RETURN_LINE', 'HAND_OVER']),
  subject: z.string().min(1),
  holder: z.string().min(1),
  /** Seconds since 1970, by the server's clock. */
  expiresAt: z.number().int(),
});
/** A right with an expiry. The record that uses it names `id`. */
export type Claim = z.infer<typeof claimSchema>;

function claimOperation(field: string, input: string): Operation<Claim> {
  return {
    text: `mutation Claim($input: ${input}!) { ${field}(input: $input) { id kind subject holder expiresAt } }`,
    read: (data) => z.object({ [field]: claimSchema }).parse(data)[field] as Claim,
  };
}

/** Variables `{ input: { suspended: { register, epoch, seq }, expiresInSeconds? } }`. */
export const resumeTransaction = claimOperation('resumeTransaction', 'ResumeTransactionInput');
/** Variables `{ input: { order, lineId, quantity, expiresInSeconds? } }`. */
export const returnLine = claimOperation('returnLine', 'ReturnLineInput');
/** Variables `{ input: { order, expiresInSeconds? } }`. */
export const handOver = claimOperation('handOver', 'HandOverInput');
/** Variables `{ input: { claim, kind, subject } }`. */
export const releaseClaim = claimOperation('releaseClaim', 'ReleaseClaimInput');
