import type { TransactionView } from '@evertill/register';
import { useAmountFormat, useAnnounce } from '@evertill/ui';
import { useEffect, useRef } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { lineChange } from './line-change.ts';

/** Says each added, changed or voided line and the new total in the live region. */
export function useLineAnnouncements(): void {
  const transaction = useSnapshot('transaction') ?? null;
  const words = useWords();
  const amounts = useAmountFormat();
  const announce = useAnnounce();
  const told = useRef<TransactionView | null>(null);
  useEffect(() => {
    const change = lineChange(told.current, transaction);
    told.current = transaction;
    if (!change || !transaction) return;
    const total = amounts.withCurrency(transaction.totalMinor);
    if (change.kind === 'total') announce(words.sell.announceTotal(total));
    if (change.kind === 'voided') announce(words.sell.announceVoided(change.name, total));
    const line = change.kind === 'line' && transaction.lines.find((each) => each.lineId === change.lineId);
    if (line) announce(words.sell.announceLine(line.name, line.quantity, amounts.withCurrency(line.totalMinor), total));
  }, [transaction, words, amounts, announce]);
}
