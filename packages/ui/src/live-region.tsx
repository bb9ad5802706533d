import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

const AnnounceContext = createContext<(sentence: string) => void>(() => undefined);

/**
 * The one polite live region of a window: screen readers hear what is announced, nobody sees it. Two slots in turn, because a
 * region that is given the same sentence again stays silent.
 */
export function LiveRegion(props: { children: ReactNode }): ReactNode {
  const [said, setSaid] = useState({ count: 0, sentence: '' });
  const announce = useCallback((sentence: string) => setSaid((last) => ({ count: last.count + 1, sentence })), []);
  const odd = said.count % 2 === 1;
  return (
    <AnnounceContext.Provider value={announce}>
      {props.children}
      <div className="ev-unseen" aria-live="polite" data-testid="announcements">
        <p>{odd ? said.sentence : ''}</p>
        <p>{odd ? '' : said.sentence}</p>
      </div>
    </AnnounceContext.Provider>
  );
}

export function useAnnounce(): (sentence: string) => void {
  return useContext(AnnounceContext);
}
