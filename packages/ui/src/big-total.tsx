import type { ReactNode } from 'react';
import { Money } from './money.tsx';
import styles from './big-total.module.css';

/** The amount that is read from across the counter. `huge` is for what is due and for the change. */
export function BigTotal(props: {
  label: string;
  amountMinor: number;
  size?: 'large' | 'stacked' | 'huge' | 'enormous';
  tone?: 'plain' | 'good';
  testId?: string;
}): ReactNode {
  return (
    <div className={styles.total} data-size={props.size ?? 'large'} data-tone={props.tone ?? 'plain'}>
      <span className={styles.label}>{props.label}</span>
      <span data-testid={props.testId}>
        <Money amountMinor={props.amountMinor} className={styles.amount} />
      </span>
    </div>
  );
}
