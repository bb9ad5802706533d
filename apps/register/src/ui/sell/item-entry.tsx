import type { SessionView } from '@evertill/register';
import { Keypad, typeDigit, type KeypadKey } from '@evertill/ui';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { CODE_LENGTH_MAX } from '../../contract/limits.ts';
import type { KeyHandlers } from '../keys/key-router.ts';
import { useTask } from '../shell/task-context.tsx';
import { useCommand } from '../shell/use-command.ts';
import { stockItem } from '../stock/stock-item.ts';
import { useWords } from '../words/words-context.tsx';
import { enterChoice, looksLikeCode } from './enter-choice.ts';
import styles from './item-entry.module.css';
import { ItemResults, resultId } from './item-results.tsx';
import { SearchField } from './search-field.tsx';
import { SellActions } from './sell-actions.tsx';
import { useItemSearch } from './use-item-search.ts';

/** The search field with what it finds; when it is empty, the keypad and everything else one can do with the sale. */
export function ItemEntry(props: {
  inputRef: RefObject<HTMLInputElement | null>;
  keys: KeyHandlers;
  session: SessionView;
  initialText: string;
}): ReactNode {
  const words = useWords();
  const { text, found, chosen, type, choose, settled } = useItemSearch(props.initialText);
  const { run } = useCommand();
  const { dispatch } = useTask();
  const searching = text.trim() !== '' && !/^\d+$/.test(text.trim());
  const shownItems = text.trim() === '' ? [] : found.items;

  const added = (answer: { lineId: string } | undefined): void => {
    if (answer) type('');
    else props.inputRef.current?.select();
  };
  const addItem = (itemId: string): void => {
    props.inputRef.current?.focus();
    void run('addItem', { itemId }).then(added);
  };
  const enter = async (): Promise<void> => {
    const known = found.text === text.trim() || looksLikeCode(text.trim()) ? found : await settled();
    if (!known) return;
    const choice = enterChoice({ text, found: known, chosen });
    if (choice.kind === 'item') addItem(choice.itemId);
    if (choice.kind === 'code') void run('addByCode', { code: choice.code }).then(added);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!event.repeat) void enter();
    } else if (event.key === 'F11' && shownItems.length > 0) {
      event.preventDefault();
      const item = shownItems[chosen ?? 0];
      if (item) dispatch({ kind: 'show-stock', item: stockItem(item) });
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      type('');
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && shownItems.length > 0) {
      event.preventDefault();
      const next = (chosen ?? -1) + (event.key === 'ArrowDown' ? 1 : -1);
      choose(Math.min(Math.max(next, 0), shownItems.length - 1));
    }
  };
  const onPad = (key: KeypadKey): void => {
    // Codes keep their leading zeros, amounts do not.
    type(key === 'erase' || key === 'clear' ? typeDigit(text, key) : (text + key).slice(0, CODE_LENGTH_MAX));
  };
  return (
    <div className={styles.entry}>
      <SearchField
        inputRef={props.inputRef}
        text={text}
        open={shownItems.length > 0}
        activeId={chosen === null ? undefined : resultId(shownItems[chosen]?.itemId)}
        onType={type}
        onKeyDown={onKeyDown}
        onEnter={() => void enter()}
      />
      {searching || shownItems.length > 0 ? (
        <ItemResults text={text.trim()} found={found} chosen={chosen} onAdd={addItem} />
      ) : (
        <div className={styles.tools}>
          <Keypad label={words.common.numberPad} words={words.common} onKey={onPad} />
          <SellActions keys={props.keys} session={props.session} />
        </div>
      )}
    </div>
  );
}
