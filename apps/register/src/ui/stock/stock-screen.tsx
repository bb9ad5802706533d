import { EmptyState } from '@evertill/ui';
import { IconPackages } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useKeys } from '../keys/key-context.tsx';
import { ItemResults, resultId } from '../sell/item-results.tsx';
import { SearchField } from '../sell/search-field.tsx';
import { useItemSearch } from '../sell/use-item-search.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { StockLevels } from './stock-levels.tsx';
import styles from './stock-screen.module.css';
import { useStock } from './use-stock.ts';

import { stockItem, type StockItem } from './stock-item.ts';

/** What the stores have of an item, found by name or code. Arrows choose, Enter shows. */
export function StockScreen(props: { initialItem: StockItem | null; initialText?: string | undefined }): ReactNode {
  const words = useWords();
  const { dispatch } = useTask();
  const input = useRef<HTMLInputElement>(null);
  const { text, found, chosen, type, choose } = useItemSearch(props.initialText ?? '');
  const [item, setItem] = useState<StockItem | null>(props.initialItem);
  const answer = useStock(item?.itemId ?? null);
  const shown = text.trim() === '' ? [] : found.items;
  const back = (): void => dispatch({ kind: 'go', task: 'sell' });
  const searchAgain = (): void => {
    input.current?.focus();
    input.current?.select();
  };
  useKeys('screen', { back, stock: back, search: searchAgain, typing: searchAgain });

  const show = (itemId: string | undefined): void => {
    const wanted = shown.find((one) => one.itemId === itemId);
    if (wanted) setItem(stockItem(wanted));
  };
  const enter = (): void => show(shown[chosen ?? 0]?.itemId);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') enter();
    else if (event.key === 'Escape' && text !== '') type('');
    else if (step !== 0 && shown.length > 0) {
      choose(Math.min(Math.max((chosen ?? -1) + step, 0), shown.length - 1));
    } else return;
    event.preventDefault();
  };
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>{words.stock.title}</h1>
        <ActionButton action="back" onPress={back}>
          {words.common.back}
        </ActionButton>
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <SearchField
            inputRef={input}
            text={text}
            open={shown.length > 0}
            activeId={chosen === null ? undefined : resultId(shown[chosen]?.itemId)}
            enterLabel={words.stock.show}
            onType={type}
            onKeyDown={onKeyDown}
            onEnter={enter}
          />
          {text.trim() !== '' && <ItemResults text={text.trim()} found={found} chosen={chosen} onAdd={show} />}
        </div>
        {item ? (
          <StockLevels name={item.name} answer={answer} />
        ) : (
          <EmptyState
            icon={<IconPackages size={44} stroke={1.5} />}
            title={words.stock.choose}
            text={words.stock.chooseText}
          />
        )}
      </div>
    </main>
  );
}
