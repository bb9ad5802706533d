import type { EpochHead, RecordSource } from '@evertill/client';
import type { Ledger } from '@evertill/ledger';

/** A journal in a ledger as the journal lane reads it: exact bytes. */
export function ledgerSource(ledger: Ledger, register: string): RecordSource {
  const earlier = earlierHeads(ledger);
  const at = (epoch: number, seq: number) => {
    for (const record of ledger.records({ epoch, fromSeq: seq, limit: 1 })) if (record.seq === seq) return record;
    return null;
  };
  return {
    register,
    heads: () => [...earlier, ledger.head()],
    hashAt: (epoch, seq) => at(epoch, seq)?.sealed.hash ?? null,
    instantAt: (epoch, seq) => at(epoch, seq)?.at ?? null,
    read: (epoch, fromSeq, limit) => [...ledger.records({ epoch, fromSeq, limit })].map(({ sealed }) => sealed),
  };
}

/** Epochs open only when the ledger does, and each names the head of the one before. */
function earlierHeads(ledger: Ledger): EpochHead[] {
  const heads: EpochHead[] = [];
  for (let { epoch } = ledger.head(); epoch > 1; epoch -= 1) {
    const [first] = ledger.records({ epoch, limit: 1 });
    const opened = first?.read();
    const parent = opened?.known && opened.type === 'EpochOpened' ? opened.payload.parent : null;
    if (parent) heads.unshift(parent);
  }
  return heads;
}
