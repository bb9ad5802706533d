import type { TransactionView } from '@evertill/register';
import { BigTotal, KeyHint, Money } from '@evertill/ui';
import type { ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { actionKeyLabel, ariaKeys } from '../keys/key-map.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './sale-summary.module.css';

/** Savings, tax, the total read from across the counter, and Pay. */
export function SaleSummary(props: {
  transaction: TransactionView | null;
  taxIncluded: boolean;
  onPay: (() => void) | undefined;
}): ReactNode {
  const { transaction } = props;
  const words = useWords();
  const formats = useFormats();
  const taxLabel = props.taxIncluded ? words.sell.taxIncluded : words.sell.taxAdded;
  return (
    <div className={styles.summary}>
      <dl className={styles.rows}>
        {transaction && transaction.savedMinor > 0 && (
          <div className={styles.row} data-tone="good">
            <dt>{words.sell.saved}</dt>
            <dd>
              <Money amountMinor={transaction.savedMinor} />
            </dd>
          </div>
        )}
        {transaction?.taxes.map((tax) => (
          <div key={tax.rateId} className={styles.row}>
            <dt>{taxLabel(`${tax.name} ${formats.percent(tax.ratePpm)}`)}</dt>
            <dd>
              <Money amountMinor={tax.taxMinor} />
            </dd>
          </div>
        ))}
      </dl>
      <BigTotal label={words.sell.total} amountMinor={transaction?.totalMinor ?? 0} testId="total" />
      <button
        type="button"
        className={styles.pay}
        aria-keyshortcuts={ariaKeys('pay')}
        disabled={!props.onPay}
        onClick={props.onPay}
      >
        <span>{words.sell.pay}</span>
        <KeyHint label={actionKeyLabel('pay')} tone={props.onPay ? 'on-accent' : 'quiet'} />
      </button>
    </div>
  );
}
