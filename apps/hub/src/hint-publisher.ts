import type { ScopeMoved } from '@evertill/engine';
import type { Hub } from './hub.ts';

/** Asks for every field, because subscribers get no more than the mutation asked for. */
const PUBLISH_HINT = `mutation PublishHint($input: HintInput!) {
  publishHint(input: $input) { tenant store collections { collection period seq } }
}`;

/** Between two hints. In a quiet shop none waits; a hub that is busy says less often how far each store is. */
const GAP_MS = 4;
/** Whatever waits is told within this time, however many stores there are. */
const WAIT_MAX_MS = 1_000;

export interface HintPublisher {
  /** Collections of stores have moved. */
  tell(tenant: string, moved: readonly ScopeMoved[]): void;
  close(): void;
}

/** What a store has to be told: of each collection how far it is. */
interface Untold {
  tenant: string;
  store: string;
  moved: Map<string, ScopeMoved>;
}

/**
 * Tells a store's registers where there is more to pull, through the mutation that only an operator may call. What moves while a store waits for
 * its turn is told with it. A hint that is lost costs nothing but time: the next one, or the next connect, says the same.
 */
export function hintPublisher(operate: Hub['operate'], onFault: (error: unknown) => void): HintPublisher {
  const waiting = new Map<string, Untold>();
  let timer: NodeJS.Timeout | undefined;
  const publish = ({ tenant, store, moved }: Untold): void => {
    const collections = [...moved.values()].map(({ collection, period, seq }) => ({ collection, period, seq }));
    operate({ query: PUBLISH_HINT, variables: { input: { tenant, store, collections } } })
      .then(({ errors }) => {
        if (errors) onFault(new Error(`A hint was refused: ${errors[0]?.message}`));
      })
      .catch(onFault);
  };
  const publishNext = (lastMs: number): void => {
    timer = undefined;
    if (waiting.size === 0) return;
    const nowMs = performance.now();
    // A timer of a busy thread comes late: what was due meanwhile is due now.
    const gaps = Math.max(1, (nowMs - lastMs) / GAP_MS);
    const some = [...waiting].slice(0, Math.ceil(gaps * Math.max(1, (waiting.size * GAP_MS) / WAIT_MAX_MS)));
    timer = setTimeout(publishNext, GAP_MS, nowMs);
    for (const [name, untold] of some) {
      waiting.delete(name);
      publish(untold);
    }
  };
  return {
    tell(tenant, moved) {
      for (const one of moved) {
        const name = `${tenant}/${one.scope}`;
        const untold = waiting.get(name) ?? { tenant, store: one.scope, moved: new Map<string, ScopeMoved>() };
        untold.moved.set(one.collection, one);
        waiting.set(name, untold);
      }
      if (!timer) publishNext(performance.now());
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
