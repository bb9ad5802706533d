import type { TransactionView } from '@evertill/register';
import { EmptyState, KeyHint, Money } from '@evertill/ui';
import { IconBarcode } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { actionKeyLabel, type KeyAction } from '../keys/key-map.ts';
import { useWords } from '../words/words-context.tsx';
import { LineRow } from './line-row.tsx';
import styles from './transaction-lines.module.css';

/** The transaction as the customer would read it. Without `onChoose` it is only to look at, as while paying. */
export function TransactionLines(props: {
  transaction: TransactionView | null;
  chosenLineId: string | null;
  maxQuantity: number;
  onChoose?: (lineId: string) => void;
  onQuantity?: (lineId: string, quantity: number) => void;
  onVoid?: (lineId: string) => void;
}): ReactNode {
  const { transaction } = props;
  const words = useWords();
  const empty = !transaction || (transaction.lines.length === 0 && transaction.voidedLines.length === 0);
  return (
    <section className={styles.panel} aria-label={words.sell.transaction}>
      {empty ? (
        <Inviting />
      ) : (
        <>
          <header className={styles.header}>
            <h1 className={styles.title}>{words.sell.transaction}</h1>
            {transaction.resumedName && (
              <span className={styles.resumed}>{words.sell.resumed(transaction.resumedName)}</span>
            )}
            <span className={styles.count}>{words.common.items(transaction.itemCount)}</span>
          </header>
          <div className={styles.scroll} tabIndex={-1}>
            <ol className={styles.lines} aria-label={words.sell.lines}>
              {transaction.lines.map((line) => (
                <LineRow
                  key={line.lineId}
                  line={line}
                  chosen={line.lineId === props.chosenLineId}
                  touched={line.lineId === transaction.touchedLineId}
                  revision={transaction.revision}
                  maxQuantity={props.maxQuantity}
                  onChoose={props.onChoose}
                  onQuantity={props.onQuantity}
                  onVoid={props.onVoid}
                />
              ))}
            </ol>
            {transaction.voidedLines.length > 0 && (
              <ul className={styles.voided} aria-label={words.sell.voidedLines}>
                {transaction.voidedLines.map((line) => (
                  <li key={line.lineId} className={styles.voidedLine}>
                    <span className={styles.voidedName}>
                      <s>
                        {line.quantity} × {line.name}
                      </s>
                      <span className={styles.voidedReason}>{words.sell.voidedReason(line.reason)}</span>
                    </span>
                    <s>
                      <Money amountMinor={line.extendedMinor} />
                    </s>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Inviting(): ReactNode {
  const words = useWords();
  const shown: [KeyAction, string][] = [
    ['search', words.sell.emptyKeys.search],
    ['suspended', words.sell.suspended],
    ['day', words.sell.emptyKeys.day],
    ['help', words.sell.emptyKeys.keys],
  ];
  return (
    <EmptyState
      heading="h1"
      icon={<IconBarcode size={44} stroke={1.5} />}
      title={words.sell.emptyTitle}
      text={words.sell.emptyText}
    >
      <ul className={styles.keys}>
        {shown.map(([action, label]) => (
          <li key={action} className={styles.key}>
            <KeyHint label={actionKeyLabel(action)} />
            {label}
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
