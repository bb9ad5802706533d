import { createContext, useContext, type ReactNode } from 'react';

/** What the window knows of where it runs. */
export type Host = {
  /** Set when this is not the runtime that is shipped. */
  readonly runtimeNote: string | null;
  readonly developmentKeys: boolean;
};

const HostContext = createContext<Host>({ runtimeNote: null, developmentKeys: false });

export function HostProvider(props: { host: Host; children: ReactNode }): ReactNode {
  return <HostContext.Provider value={props.host}>{props.children}</HostContext.Provider>;
}

export function useHost(): Host {
  return useContext(HostContext);
}
