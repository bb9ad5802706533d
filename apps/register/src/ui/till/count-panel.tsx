import { BigTotal, countedMinor, DenominationGrid, Keypad } from '@evertill/ui';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import styles from './count-panel.module.css';
import type { useCount } from './use-count.ts';

/** Counting money: the grid, the sum, a keypad, and what to do with the count. Enter does what the large button says. */
export function CountPanel(props: {
  title: string;
  hint: string;
  above?: ReactNode;
  counting: ReturnType<typeof useCount>;
  onSubmit: () => void;
  children: ReactNode;
}): ReactNode {
  const { count, setCount, onPad } = props.counting;
  const words = useWords();
  return (
    <main className={styles.screen}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <section className={styles.count}>
          <h1 className={styles.title}>{props.title}</h1>
          <p className={styles.hint}>{props.hint}</p>
          <DenominationGrid
            label={words.till.notesAndCoins}
            piecesLabel={words.till.pieces}
            count={count}
            onChange={setCount}
          />
          {props.above}
        </section>
        <section className={styles.side}>
          <div role="status">
            <BigTotal label={words.till.counted} amountMinor={countedMinor(count)} size="stacked" testId="counted" />
          </div>
          <Keypad label={words.common.numberPad} words={words.common} lastRow="clear" onKey={onPad} />
          <div className={styles.actions}>{props.children}</div>
        </section>
      </form>
    </main>
  );
}
