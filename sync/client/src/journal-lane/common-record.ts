import type { ApiError, ApiOutcome } from '../api/api-error.ts';
import { readRecordHash } from '../api/journal-operations.ts';
import type { EpochHead } from '../needs.ts';
import type { JournalLaneOptions } from './journal-lane.ts';

/** An epoch as both sides have it, at odds. */
export type Odds = {
  readonly ours: EpochHead;
  readonly theirs: { readonly seq: number };
  /** Up to where both were once known to be equal. */
  readonly knownSeq: number;
};

/**
 * The last record of an epoch that server and register both hold, sequence 0 for none. Links make equal hashes at a sequence prove all
 * before it, so halving finds it in as many questions as the number of records has bits. `null` where the server does not know the
 * question, or tells otherwise than it did a moment ago.
 */
export async function readCommonRecord(
  { source, call }: Pick<JournalLaneOptions, 'source' | 'call'>,
  { ours, theirs, knownSeq }: Odds,
  signal: AbortSignal | undefined,
): Promise<ApiOutcome<{ seq: number; hash: string } | null>> {
  const { register } = source;
  const { epoch } = ours;
  let common = { seq: 0, hash: '' };
  let above = Math.min(ours.seq, theirs.seq) + 1;
  // First whether one is simply longer, then whether it is as it was last time.
  const guesses = [above - 1, knownSeq, knownSeq + 1];
  while (above - common.seq > 1) {
    const guess = guesses.shift() ?? Math.floor((common.seq + above) / 2);
    if (guess <= common.seq || guess >= above) continue;
    const outcome = await call(readRecordHash, { register, epoch, seq: guess }, signal);
    if (!outcome.ok) return isUnknown(outcome.error) ? { ok: true, value: null } : outcome;
    const hash = source.hashAt(epoch, guess);
    if (outcome.value === null || hash === null) return { ok: true, value: null };
    if (outcome.value === hash) common = { seq: guess, hash };
    else above = guess;
  }
  return { ok: true, value: common };
}

/** A server from before the question, or one that falls over it. */
function isUnknown(error: ApiError): boolean {
  return error.code === 'server-fault' || (error.code === 'refused' && error.errorType === 'ValidationError');
}
