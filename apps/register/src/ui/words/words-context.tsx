import { createContext, useContext, useLayoutEffect, type ReactNode } from 'react';
import { en, type Words } from './en.ts';

const WordsContext = createContext<Words>(en);

/** Gives the words of one language to everything inside, and tells the document its language and direction. */
export function WordsProvider(props: { words: Words; children: ReactNode }): ReactNode {
  const { languageTag, direction } = props.words;
  useLayoutEffect(() => {
    document.documentElement.lang = languageTag;
    document.documentElement.dir = direction;
  }, [languageTag, direction]);
  return <WordsContext.Provider value={props.words}>{props.children}</WordsContext.Provider>;
}

/** The words of the language this window speaks. */
export function useWords(): Words {
  return useContext(WordsContext);
}
