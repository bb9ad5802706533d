import type { StockLevelView, StockView } from '@evertill/register';
import type { ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { onHandText } from './on-hand-text.ts';
import type { StockAnswer } from './use-stock.ts';
import styles from './stock-screen.module.css';

/** What is on hand: here in large type, then in each other store, with the age of every figure. */
export function StockLevels(props: { name: string; answer: StockAnswer | null }): ReactNode {
  const words = useWords();
  const { answer, name } = props;
  return (
    <section className={styles.card} aria-label={words.stock.of(name)} aria-live="polite">
      <h2 className={styles.item}>
        <bdi>{name}</bdi>
      </h2>
      {answer && ('view' in answer ? <Levels view={answer.view} /> : <p>{words.refusals[answer.refused]}</p>)}
    </section>
  );
}

function Levels(props: { view: StockView }): ReactNode {
  const words = useWords().stock;
  const formats = useFormats();
  const { levels, upToDateAt } = props.view;
  const own = levels.find((level) => level.own);
  return (
    <>
      {own && (
        <p className={styles.own}>
          <span className={styles.ownFigure}>
            <Figure level={own} />
          </span>
          <span className={styles.quiet}>
            {words.here(own.storeName)}
            {own.asOf !== null && ` · ${words.asOf(formats.moment(own.asOf))}`}
          </span>
        </p>
      )}
      <ul className={styles.others}>
        {levels
          .filter((level) => !level.own)
          .map((level) => (
            <li key={level.storeId} className={styles.other}>
              <span className={styles.where}>
                <bdi className={styles.store}>{level.storeName}</bdi>
                <span className={styles.quiet}>
                  {level.asOf === null ? words.unknownText : words.asOf(formats.moment(level.asOf))}
                </span>
              </span>
              <span className={styles.figure}>
                <Figure level={level} />
              </span>
            </li>
          ))}
      </ul>
      <p className={styles.quiet}>
        {upToDateAt === null ? words.neverHeard : words.upToDate(formats.moment(upToDateAt))}
      </p>
    </>
  );
}

function Figure(props: { level: StockLevelView }): ReactNode {
  const words = useWords();
  const formats = useFormats();
  const { onHand, unit } = props.level;
  return onHand === null ? words.stock.unknown : onHandText({ quantity: onHand, unit }, formats, words);
}
