import type { OrdersView } from '@evertill/register';
import { useEffect, useState } from 'react';
import { useCore, useSnapshot } from '../connection/connection-context.tsx';
import type { PageRefusalCode } from '../words/page-refusal.ts';

/** Typing faster than this asks once. */
const PAUSE_MS = 150;

/** What was found for a text; `text` says which, because an answer may be older than what is typed. */
export type OrdersAnswer = { text: string; view: OrdersView } | { text: string; refused: PageRefusalCode };

/** Orders for a text, asked again whenever somebody's order changed; the answer before stays until the next one is there. */
export function useOrders(text: string): OrdersAnswer | null {
  const core = useCore();
  const changes = useSnapshot('changes')?.orders ?? 0;
  const [answer, setAnswer] = useState<OrdersAnswer | null>(null);
  useEffect(() => {
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const outcome = await core.send('findOrders', { text });
      if (!isWanted) return;
      setAnswer(outcome.ok ? { text, view: outcome.value } : { text, refused: outcome.error.code });
    };
    const timer = setTimeout(() => void ask(), text === '' ? 0 : PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [core, text, changes]);
  return answer;
}
