import { PROOF_EVERY_MS } from '../limits.ts';
import type { EpochHead } from '../needs.ts';
import { type LaneState, progressOf } from './lane-state.ts';

export type LaneStep =
  | { readonly do: 'read-head'; readonly epoch: number }
  | { readonly do: 'send'; readonly epoch: number; readonly fromSeq: number; readonly recordsMax: number }
  /** Nothing before this monotonic instant, `null` for nothing until something is recorded. */
  | { readonly do: 'wait'; readonly untilMs: number | null };

/**
 * What the lane does next. Epochs go up in order, because the server compares the start of each with where its parent ended; a parked
 * epoch is passed over. One request at a time: a segment is decided before the next one leaves.
 */
export function nextStep(state: LaneState, heads: readonly EpochHead[], nowMs: number): LaneStep {
  const latest = heads[heads.length - 1];
  let untilMs = Infinity;
  for (const { epoch, seq } of heads) {
    const progress = progressOf(state, epoch);
    if (progress.parked && progress.parked.retryAtMs > nowMs) {
      untilMs = Math.min(untilMs, progress.parked.retryAtMs);
      continue;
    }
    const provenUntilMs = (progress.provenAtMs ?? -Infinity) + PROOF_EVERY_MS;
    const isDone = !progress.parked && !progress.inDoubt && progress.known.seq >= seq;
    const isProofDue = epoch === latest?.epoch && provenUntilMs <= nowMs;
    if (isDone && !isProofDue) {
      if (epoch === latest?.epoch) untilMs = Math.min(untilMs, provenUntilMs);
      continue;
    }
    if (progress.notBeforeMs > nowMs) return { do: 'wait', untilMs: Math.min(untilMs, progress.notBeforeMs) };
    if (progress.parked || progress.inDoubt || isDone) return { do: 'read-head', epoch };
    return { do: 'send', epoch, fromSeq: progress.known.seq + 1, recordsMax: progress.recordsMax };
  }
  return { do: 'wait', untilMs: untilMs === Infinity ? null : untilMs };
}
