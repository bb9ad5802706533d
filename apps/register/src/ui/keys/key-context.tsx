import { createContext, useContext, useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { KeyRouter, type KeyHandlers, type KeyLevel } from './key-router.ts';

const KeyContext = createContext<KeyRouter | null>(null);

export function KeyProvider(props: { router: KeyRouter; children: ReactNode }): ReactNode {
  const { router } = props;
  useEffect(() => router.listen(window), [router]);
  return <KeyContext.Provider value={router}>{props.children}</KeyContext.Provider>;
}

/** Lays key handlers while the component is on the screen. */
export function useKeys(level: KeyLevel, handlers: KeyHandlers): void {
  const router = useContext(KeyContext);
  if (!router) throw new Error('keys outside of KeyProvider');
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useLayoutEffect(() => router.lay(level, () => latest.current), [router, level]);
}
