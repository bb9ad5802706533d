import type { CountView } from '@evertill/register';
import { Money, StateMark, useAmountFormat } from '@evertill/ui';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { ActionButton } from '../shell/action-button.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './count-review.module.css';

/** What the count means, in words, before anything is closed. */
export function CountReview(props: {
  review: CountView;
  busy: boolean;
  onClose: () => void;
  onAgain: () => void;
}): ReactNode {
  const { countedMinor, expectedMinor, overShortMinor } = props.review;
  const words = useWords();
  const amounts = useAmountFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  // A held Enter must not close the till: the heading takes the focus, and the next Enter is a new decision.
  useEffect(() => heading.current?.focus(), []);
  const difference = amounts.withCurrency(Math.abs(overShortMinor));
  const verdict =
    overShortMinor === 0
      ? words.till.exact
      : overShortMinor > 0
        ? words.till.over(difference)
        : words.till.short(difference);
  const fits = overShortMinor === 0;
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <span className={styles.mark} data-fits={fits} aria-hidden="true">
          {fits ? <IconCircleCheck size={40} stroke={1.6} /> : <IconAlertTriangle size={40} stroke={1.6} />}
        </span>
        <h1 ref={heading} tabIndex={-1} className={styles.verdict}>
          {verdict}
        </h1>
        <dl className={styles.sums}>
          <Row label={words.till.counted} amountMinor={countedMinor} />
          <Row label={words.till.expected} amountMinor={expectedMinor} />
          <Row label={words.till.difference} amountMinor={overShortMinor} signed strong />
        </dl>
        <StateMark tone="quiet" icon={<IconAlertTriangle size={18} stroke={1.7} />}>
          {words.till.closeWarning}
        </StateMark>
        <div className={styles.actions}>
          <ActionButton size="key" action="back" onPress={props.onAgain}>
            {words.till.countAgain}
          </ActionButton>
          <ActionButton kind="primary" size="key" action="close-till" disabled={props.busy} onPress={props.onClose}>
            {words.till.closeNow}
          </ActionButton>
        </div>
      </div>
    </main>
  );
}

function Row(props: { label: string; amountMinor: number; signed?: boolean; strong?: boolean }): ReactNode {
  return (
    <div className={styles.row} data-strong={props.strong ?? false}>
      <dt>{props.label}</dt>
      <dd>
        <Money amountMinor={props.amountMinor} signed={props.signed ?? false} />
      </dd>
    </div>
  );
}
