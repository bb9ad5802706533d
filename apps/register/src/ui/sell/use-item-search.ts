import { useCallback, useEffect, useRef, useState } from 'react';
import { SEARCH_LENGTH_MAX } from '../../contract/limits.ts';
import { useCore } from '../connection/connection-context.tsx';
import { ItemSearch, nothingFound, type Found } from './item-search.ts';

const timers = {
  after: (ms: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The text of the search field, what was found for it, and which result the arrows are on. */
export function useItemSearch(initialText: string): {
  text: string;
  found: Found;
  chosen: number | null;
  type: (text: string) => void;
  choose: (index: number | null) => void;
  /** See {@link ItemSearch.settled}. */
  settled: () => Promise<Found | null>;
} {
  const core = useCore();
  const [text, setText] = useState(initialText);
  const [found, setFound] = useState<Found>(nothingFound);
  const [chosen, choose] = useState<number | null>(null);
  const search = useRef<ItemSearch | null>(null);
  useEffect(() => {
    const own = new ItemSearch({
      ask: async (wanted, limit) => {
        const outcome = await core.send('searchItems', { text: wanted, limit });
        return outcome.ok ? outcome.value.items : null;
      },
      timers,
      found: (answer) => {
        setFound(answer);
        choose(null);
      },
    });
    search.current = own;
    own.type(initialText);
    return () => own.dispose();
  }, [core, initialText]);
  const type = useCallback((next: string) => {
    const kept = next.slice(0, SEARCH_LENGTH_MAX);
    setText(kept);
    choose(null);
    search.current?.type(kept);
  }, []);
  const settled = useCallback(() => search.current?.settled() ?? Promise.resolve(null), []);
  return { text, found, chosen, type, choose, settled };
}
