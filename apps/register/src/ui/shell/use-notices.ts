import type { NoticeCode, SessionView, TransactionView } from '@evertill/register';
import { useCallback, useEffect } from 'react';
import { useNotice } from '../connection/connection-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { useTask } from './task-context.tsx';
import { useDoneSomething, useTell } from './toasts.tsx';

/** Notices about what was just scanned or tried: the next scan that works makes them stale. */
const aboutLastDeed: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  'unknown-code',
  'no-price',
  'ambiguous-code',
  'scan-ignored-signed-off',
  'scan-ignored-till-closed',
  'scan-ignored-tendering',
  'refused',
]);

/** Tells what the register has to say by itself, and lets go of it when somebody signs on or the transaction moves on. */
export function useNotices(transaction: TransactionView | null, session: SessionView): void {
  const words = useWords();
  const tell = useTell();
  const doneSomething = useDoneSomething();
  const { dispatch } = useTask();
  useNotice(
    useCallback(
      (notice) => {
        // A scanned receipt is a question: the answer is the order.
        if (notice.code === 'receipt-scanned') return dispatch({ kind: 'find-order', text: notice.detail ?? '' });
        const passing = aboutLastDeed.has(notice.code) ? 'passing' : undefined;
        tell(notice.tone, words.notices[notice.code](notice.detail), passing);
      },
      [dispatch, tell, words],
    ),
  );
  const staffId = session.signedOn?.staffId;
  const { transactionId, revision } = transaction ?? {};
  useEffect(doneSomething, [doneSomething, staffId, transactionId, revision]);
}
