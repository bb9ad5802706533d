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

/** The head of the copy when there is one to be had. A copy that is out of reach must not keep a register from starting. */
export function reachableCopyHead(folder: string | undefined): ChainHead | null {
  if (folder === undefined) return null;
  try {
    const head = copyHead(folder);
    return head === 'unreadable' ? null : head;
  } catch (error) {
    if (asLedgerFault(error) instanceof LedgerFault) return null;
    throw error;
  }
}
