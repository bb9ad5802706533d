import type { RegisterView, SessionView, TransactionView } from '@evertill/register';
import { useRef, useState, type ReactNode } from 'react';
import { useKeys } from '../keys/key-context.tsx';
import type { KeyHandlers } from '../keys/key-router.ts';
import { useTask } from '../shell/task-context.tsx';
import { useCommand } from '../shell/use-command.ts';
import { chooseBy, chosenLine, chooseLine, type LineChoice } from './chosen-line.ts';
import { ItemEntry } from './item-entry.tsx';
import { SaleSummary } from './sale-summary.tsx';
import { SellDialogs } from './sell-dialogs.tsx';
import styles from './sell-screen.module.css';
import { TransactionLines } from './transaction-lines.tsx';
import { useReprint } from './use-reprint.ts';

/** Selling: lines on one side, finding items and paying on the other. */
export function SellScreen(props: {
  register: RegisterView;
  session: SessionView;
  transaction: TransactionView | null;
  searchText?: string | undefined;
}): ReactNode {
  const { register, transaction } = props;
  const { state, dispatch } = useTask();
  const { run } = useCommand();
  const reprint = useReprint();
  const search = useRef<HTMLInputElement>(null);
  const [choice, setChoice] = useState<LineChoice>(null);
  const line = transaction && chosenLine(transaction, choice);

  const setQuantity = (lineId: string, quantity: number): void => {
    if (!transaction) return;
    const { transactionId, revision } = transaction;
    void run('changeQuantity', { transactionId, revision, lineId, quantity });
  };
  const keys: KeyHandlers = {
    search: () => {
      search.current?.focus();
      search.current?.select();
    },
    typing: () => search.current?.focus(),
    reprint,
  };
  if (transaction && line) {
    const { itemId, name } = line;
    keys.stock = () => dispatch({ kind: 'show-stock', item: { itemId, name } });
    keys.quantity = () => dispatch({ kind: 'open', dialog: { kind: 'quantity', lineId: line.lineId } });
    keys['void-line'] = () => dispatch({ kind: 'open', dialog: { kind: 'void-line', lineId: line.lineId } });
    keys['previous-line'] = () => setChoice(chooseBy(-1, transaction, choice));
    keys['next-line'] = () => setChoice(chooseBy(1, transaction, choice));
    keys.pay = () => dispatch({ kind: 'pay', transactionId: transaction.transactionId });
  }
  if (transaction) {
    keys['void-sale'] = () => dispatch({ kind: 'open', dialog: { kind: 'void-sale' } });
    keys.suspend = () => dispatch({ kind: 'open', dialog: { kind: 'suspend' } });
  }
  useKeys('screen', keys);

  return (
    <main className={styles.sell}>
      <TransactionLines
        transaction={transaction}
        chosenLineId={line?.lineId ?? null}
        maxQuantity={register.maxLineQuantity}
        onChoose={(lineId) => transaction && setChoice(chooseLine(transaction, lineId))}
        onQuantity={setQuantity}
        onVoid={(lineId) => dispatch({ kind: 'open', dialog: { kind: 'void-line', lineId } })}
      />
      <section className={styles.work}>
        <ItemEntry inputRef={search} keys={keys} session={props.session} initialText={props.searchText ?? ''} />
        <SaleSummary transaction={transaction} taxIncluded={register.taxIncluded} onPay={keys.pay} />
      </section>
      {transaction && state.dialog && (
        <SellDialogs
          key={state.dialog.kind}
          dialog={state.dialog}
          transaction={transaction}
          maxQuantity={register.maxLineQuantity}
          onQuantity={setQuantity}
        />
      )}
    </main>
  );
}
