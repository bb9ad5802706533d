import { createContext, useContext, type ReactNode } from 'react';
import { en, type Words } from './en.ts';

const WordsContext = createContext<Words>(en);

export function WordsProvider(props: { words: Words; children: ReactNode }): ReactNode {
  return <WordsContext.Provider value={props.words}>{props.children}</WordsContext.Provider>;
}

/** The words of the language this window speaks. */
export function useWords(): Words {
  return useContext(WordsContext);
}
