import type { AnswerOf, CommandName, NoticeView, ParamsOf, SnapshotName, Snapshots } from '@evertill/register';
import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import type { Cause } from '../../contract/messages.ts';
import type { ConnectionState, SendOutcome } from './core-client.ts';

/** What screens need of the core; the real one is {@link import('./core-client.ts').CoreClient}, the gallery has a still one. */
export type CoreConnection = {
  readonly connection: ConnectionState;
  snapshot<N extends SnapshotName>(name: N): Snapshots[N] | undefined;
  onConnection(listener: () => void): () => void;
  onSnapshot(listener: (name: SnapshotName, cause: Cause | null) => void): () => void;
  send<N extends CommandName>(name: N, params: ParamsOf<N>): Promise<SendOutcome<AnswerOf<N>>>;
};

const ConnectionContext = createContext<CoreConnection | null>(null);

export function ConnectionProvider(props: { core: CoreConnection; children: ReactNode }): ReactNode {
  return <ConnectionContext.Provider value={props.core}>{props.children}</ConnectionContext.Provider>;
}

export function useCore(): CoreConnection {
  const core = useContext(ConnectionContext);
  if (!core) throw new Error('a screen outside of ConnectionProvider');
  return core;
}

/** The snapshot of one name; the component renders again only when this one changes. `undefined` until the first has come. */
export function useSnapshot<N extends SnapshotName>(name: N): Snapshots[N] | undefined {
  const core = useCore();
  return useSyncExternalStore(
    (changed) => core.onSnapshot((changedName) => changedName === name && changed()),
    () => core.snapshot(name),
  );
}

export function useConnection(): ConnectionState {
  const core = useCore();
  return useSyncExternalStore(
    (changed) => core.onConnection(changed),
    () => core.connection,
  );
}

export function useNotice(listener: (notice: NoticeView) => void): void {
  const core = useCore();
  useEffect(
    () =>
      core.onSnapshot((name) => {
        const notice = name === 'notice' ? core.snapshot('notice') : null;
        if (notice) listener(notice);
      }),
    [core, listener],
  );
}
