import type { ItemView } from '@evertill/register';
import { Money, useAnnounce } from '@evertill/ui';
import { useEffect, useRef, type ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { onHandText } from '../stock/on-hand-text.ts';
import type { Found } from './item-search.ts';
import styles from './item-results.module.css';
import { RESULTS_ID } from './search-field.tsx';

export const resultId = (itemId: string | undefined): string | undefined =>
  itemId === undefined ? undefined : `item-${itemId}`;

/** What the search found. The field keeps the focus; the arrows move through this list. */
export function ItemResults(props: {
  text: string;
  found: Found;
  chosen: number | null;
  onAdd: (itemId: string) => void;
}): ReactNode {
  const { found, text } = props;
  const words = useWords();
  const announce = useAnnounce();
  const answered = found.text === text;
  const count = found.items.length;
  useEffect(() => {
    if (answered) announce(count === 0 ? words.sell.noResults(text) : words.sell.resultsCount(count));
  }, [answered, count, text, words, announce]);
  if (count === 0) {
    return (
      <div className={styles.none}>
        {answered && (
          <>
            <p className={styles.noneTitle}>{words.sell.noResults(text)}</p>
            <p>{words.sell.noResultsHint}</p>
          </>
        )}
      </div>
    );
  }
  return (
    <div id={RESULTS_ID} role="listbox" aria-label={words.sell.results} className={styles.list}>
      {found.items.map((item, index) => (
        <Result key={item.itemId} item={item} chosen={props.chosen === index} onAdd={props.onAdd} />
      ))}
    </div>
  );
}

function Result(props: { item: ItemView; chosen: boolean; onAdd: (itemId: string) => void }): ReactNode {
  const { item, chosen, onAdd } = props;
  const words = useWords();
  const formats = useFormats();
  const option = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) option.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <button
      ref={option}
      id={resultId(item.itemId)}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={styles.option}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onAdd(item.itemId)}
    >
      <span className={styles.what}>
        <span className={styles.name}>
          <bdi className={styles.title}>{item.name}</bdi>
          {item.variant && <bdi className={styles.variant}>{item.variant}</bdi>}
        </span>
        <span className={styles.more}>
          <bdi>{item.sku}</bdi>
          <span>{[item.brand, item.department].filter(Boolean).join(' · ')}</span>
          {item.onHand !== null && <span>{words.stock.onHand(onHandText(item.onHand, formats, words))}</span>}
        </span>
      </span>
      <span className={styles.price}>
        {item.priceMinor === null ? words.sell.noPrice : <Money amountMinor={item.priceMinor} />}
        {item.priceMinor !== null && item.compareAtMinor !== null && (
          <s className={styles.before}>
            <Money amountMinor={item.compareAtMinor} />
          </s>
        )}
      </span>
    </button>
  );
}
