import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

const AnnounceContext = createContext<(sentence: string) => void>(() => undefined);

/** What a screen reader may not have read yet; older sentences are dropped from the region. */
const SENTENCES_KEPT = 4;

type Said = readonly { id: number; sentence: string }[];

/**
 * The one polite live region of a window: screen readers hear what is announced, nobody sees it. Each sentence is an element of its
 * own, so that two at once are both read, and the same one again is read again.
 */
export function LiveRegion(props: { children: ReactNode }): ReactNode {
  const [said, setSaid] = useState<Said>([]);
  const announce = useCallback((sentence: string) => {
    setSaid((before) => [...before, { id: (before.at(-1)?.id ?? 0) + 1, sentence }].slice(-SENTENCES_KEPT));
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {props.children}
      <div className="ev-unseen" aria-live="polite" data-testid="announcements">
        {said.map(({ id, sentence }) => (
          <p key={id}>{sentence}</p>
        ))}
      </div>
    </AnnounceContext.Provider>
  );
}

export function useAnnounce(): (sentence: string) => void {
  return useContext(AnnounceContext);
}
