import { KeyHint } from '@evertill/ui';
import { IconCornerDownLeft, IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { SEARCH_LENGTH_MAX } from '../../contract/limits.ts';
import { actionKeyLabel, ariaKeys } from '../keys/key-map.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './search-field.module.css';

export const RESULTS_ID = 'item-results';

export function SearchField(props: {
  inputRef: RefObject<HTMLInputElement | null>;
  text: string;
  open: boolean;
  activeId: string | undefined;
  onType: (text: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  /** What Enter does, where it is not adding to the sale. */
  enterLabel?: string;
  onEnter: () => void;
}): ReactNode {
  const { inputRef, text, open, activeId, onType, onKeyDown, onEnter } = props;
  const words = useWords();
  return (
    <div className={styles.box}>
      <IconSearch size={22} stroke={1.8} aria-hidden className={styles.icon} />
      <input
        ref={inputRef}
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={words.sell.search}
        aria-expanded={open}
        aria-controls={open ? RESULTS_ID : undefined}
        aria-activedescendant={activeId}
        aria-autocomplete="list"
        aria-keyshortcuts={ariaKeys('search')}
        placeholder={words.sell.searchPlaceholder}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={SEARCH_LENGTH_MAX}
        autoFocus
        value={text}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {text === '' ? (
        <KeyHint label={actionKeyLabel('search')} />
      ) : (
        <button
          type="button"
          className={styles.add}
          onPointerDown={(event) => event.preventDefault()}
          onClick={onEnter}
        >
          {props.enterLabel ?? words.sell.add}
          <IconCornerDownLeft size={18} aria-hidden />
        </button>
      )}
    </div>
  );
}
