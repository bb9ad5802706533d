import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { BenchRequest, BenchState } from '../../contract/bench.ts';

/** What the bench needs of the virtual devices; the real one is {@link import('../connection/bench-client.ts').BenchClient}. */
export type BenchConnection = {
  readonly state: BenchState | null;
  onState(listener: () => void): () => void;
  send(request: BenchRequest): void;
};

const BenchContext = createContext<BenchConnection | null>(null);

export function BenchProvider(props: { bench: BenchConnection; children: ReactNode }): ReactNode {
  return <BenchContext.Provider value={props.bench}>{props.children}</BenchContext.Provider>;
}

function useConnection(): BenchConnection {
  const bench = useContext(BenchContext);
  if (!bench) throw new Error('a bench outside of BenchProvider');
  return bench;
}

/** What the virtual devices look like now; `null` until they have said. */
export function useBench(): BenchState | null {
  const bench = useConnection();
  return useSyncExternalStore(
    (changed) => bench.onState(changed),
    () => bench.state,
  );
}

export function useBenchSend(): (request: BenchRequest) => void {
  const bench = useConnection();
  return (request) => bench.send(request);
}
