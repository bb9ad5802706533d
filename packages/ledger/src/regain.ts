import { type ChainHead, createChainVerifier, type SealedRecord } from '@evertill/journal';
import { asLedgerFault, LedgerFault } from './ledger-fault.ts';
import { copyHead, readCopy } from './second-copy.ts';

/** Whom to trust when a copy is read back. */
export type CopyTrust = { readonly publicKeys: readonly string[] };

/**
 * The sound records of the second copy that stand behind `head`, in order; all of them when `head` is `null`. None when the copy does not
 * hold `head`: then it tells of another history. Signatures are checked, since anybody may have had the copy's disk in hand.
 */
export function* recordsBehind(folder: string, head: ChainHead | null, trust: CopyTrust): Generator<SealedRecord> {
  const verifier = createChainVerifier({ publicKeys: trust.publicKeys });
  let isBehind = head === null;
  for (const record of readCopy(folder)) {
    if (verifier.take(record)) return;
    if (isBehind) yield record;
    else if (record.hash === head?.hash) isBehind = true;
  }
}

/** A copy as found at opening. `head` is `null` when it is empty or its last line is not a record. */
export type FoundCopy = { readonly folder: string; readonly head: ChainHead | null };

/** The copy, if it can be reached: one that cannot must not keep a register from starting. */
export function findCopy(folder: string | undefined): FoundCopy | null {
  if (folder === undefined) return null;
  try {
    const head = copyHead(folder);
    return { folder, head: head === 'unreadable' ? null : head };
  } catch (error) {
    if (asLedgerFault(error) instanceof LedgerFault) return null;
    throw error;
  }
}
