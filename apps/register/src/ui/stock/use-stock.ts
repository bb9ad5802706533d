import type { StockView } from '@evertill/register';
import { useEffect, useState } from 'react';
import { useCore, useSnapshot } from '../connection/connection-context.tsx';
import type { PageRefusalCode } from '../words/page-refusal.ts';

export type StockAnswer = { view: StockView } | { itemId: string; refused: PageRefusalCode };

/** Stock of an item in every store, asked again whenever something moved; `null` until the first answer for this item. */
export function useStock(itemId: string | null): StockAnswer | null {
  const core = useCore();
  const changes = useSnapshot('changes')?.stock ?? 0;
  const [answer, setAnswer] = useState<StockAnswer | null>(null);
  useEffect(() => {
    if (itemId === null) return undefined;
    let isWanted = true;
    void core.send('stockOf', { itemId }).then((outcome) => {
      if (isWanted) setAnswer(outcome.ok ? { view: outcome.value } : { itemId, refused: outcome.error.code });
    });
    return () => {
      isWanted = false;
    };
  }, [core, itemId, changes]);
  const answered = answer && ('view' in answer ? answer.view.itemId : answer.itemId);
  return answered === itemId ? answer : null;
}
