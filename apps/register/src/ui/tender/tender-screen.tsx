import type { RegisterView, TransactionView } from '@evertill/register';
import {
  amountOfDigits,
  AmountField,
  BigTotal,
  Keypad,
  Money,
  typeDigit,
  useAmountFormat,
  useAnnounce,
} from '@evertill/ui';
import { IconCash, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useKeys } from '../keys/key-context.tsx';
import { TransactionLines } from '../sell/transaction-lines.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useTell } from '../shell/toasts.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './tender-screen.module.css';

/** Taking cash. Enter takes what was typed, or exactly what is due when nothing was; Escape goes back while nothing is taken. */
export function TenderScreen(props: { register: RegisterView; transaction: TransactionView }): ReactNode {
  const { transaction } = props;
  const { transactionId, revision, dueMinor } = transaction;
  const words = useWords();
  const amounts = useAmountFormat();
  const announce = useAnnounce();
  const tell = useTell();
  const { dispatch } = useTask();
  const { run, busy } = useCommand();
  const input = useRef<HTMLInputElement>(null);
  const [digits, setDigits] = useState('');
  const amountMinor = amountOfDigits(digits) ?? dueMinor;
  const taken = transaction.tenders.length > 0;

  useEffect(() => {
    announce(
      taken
        ? words.tender.announcePartial(amounts.withCurrency(dueMinor))
        : words.tender.announceDue(amounts.withCurrency(dueMinor)),
    );
  }, [announce, amounts, words, taken, dueMinor]);

  const take = async (takenMinor: number): Promise<void> => {
    dispatch({ kind: 'pay', transactionId });
    const answer = await run('tenderCash', { transactionId, revision, amountMinor: takenMinor });
    if (answer) setDigits('');
    input.current?.focus();
  };
  const remove = async (tenderId: string): Promise<void> => {
    await run('removeTender', { transactionId, revision, tenderId });
    input.current?.focus();
  };
  const back = async (): Promise<void> => {
    if (taken) return tell('warning', words.tender.removeFirst, 'passing');
    if (transaction.status === 'tendering' && (await run('backToDraft', { transactionId, revision })) !== null) return;
    dispatch({ kind: 'stop-paying' });
  };
  useKeys('screen', { back: () => void back(), typing: () => input.current?.focus() });

  return (
    <main className={styles.tender}>
      <TransactionLines transaction={transaction} chosenLineId={null} maxQuantity={props.register.maxLineQuantity} />
      <form
        className={styles.panel}
        aria-label={words.tender.title}
        onSubmit={(event) => {
          event.preventDefault();
          void take(amountMinor);
        }}
      >
        <BigTotal
          label={taken ? words.tender.stillDue : words.tender.due}
          amountMinor={dueMinor}
          size={transaction.tenders.length > 1 ? 'stacked' : 'huge'}
          testId="due"
        />
        {taken && <TakenTenders transaction={transaction} busy={busy} onRemove={(tenderId) => void remove(tenderId)} />}
        <div className={styles.entry}>
          <AmountField
            label={words.tender.received}
            digits={digits}
            placeholderMinor={dueMinor}
            inputRef={input}
            autoFocus
            onDigits={setDigits}
          />
          <div className={styles.fingers}>
            <Keypad
              label={words.common.numberPad}
              words={words.common}
              onKey={(key) => setDigits(typeDigit(digits, key))}
            />
            <QuickCash transaction={transaction} busy={busy} onTake={(quickMinor) => void take(quickMinor)} />
          </div>
        </div>
        <div className={styles.actions}>
          <ActionButton size="pay" action="back" onPress={() => void back()}>
            {words.common.back}
          </ActionButton>
          <ActionButton
            submit
            kind="primary"
            size="pay"
            action="confirm"
            icon={<IconCash size={26} stroke={1.7} />}
            disabled={busy}
          >
            {digits === ''
              ? words.tender.takeExact(amounts.withCurrency(dueMinor))
              : words.tender.take(amounts.withCurrency(amountMinor))}
          </ActionButton>
        </div>
      </form>
    </main>
  );
}

/** The amounts a customer is likely to hand over; which ones is the register's knowledge. */
function QuickCash(props: {
  transaction: TransactionView;
  busy: boolean;
  onTake: (amountMinor: number) => void;
}): ReactNode {
  const { quickCashMinor, dueMinor } = props.transaction;
  const words = useWords().tender;
  const amounts = useAmountFormat();
  return (
    <ul className={styles.quick} aria-label={words.quickAmounts}>
      {quickCashMinor.map((quickMinor) => {
        const exact = quickMinor === dueMinor;
        const amount = amounts.withCurrency(quickMinor);
        return (
          <li key={quickMinor}>
            <ActionButton
              size="key"
              wide
              disabled={props.busy}
              label={exact ? words.exactly(amount) : words.take(amount)}
              onPress={() => props.onTake(quickMinor)}
            >
              {exact ? words.exact : <Money amountMinor={quickMinor} />}
            </ActionButton>
          </li>
        );
      })}
    </ul>
  );
}

function TakenTenders(props: {
  transaction: TransactionView;
  busy: boolean;
  onRemove: (tenderId: string) => void;
}): ReactNode {
  const words = useWords();
  const amounts = useAmountFormat();
  return (
    <ul className={styles.taken} aria-label={words.tender.taken}>
      {props.transaction.tenders.map((tender) => (
        <li key={tender.tenderId} className={styles.takenRow}>
          <span>{words.tender.cash}</span>
          <Money amountMinor={tender.amountMinor} className={styles.takenAmount} />
          <button
            type="button"
            className={styles.remove}
            disabled={props.busy}
            aria-label={words.tender.remove(amounts.withCurrency(tender.amountMinor))}
            onClick={() => props.onRemove(tender.tenderId)}
          >
            <IconX size={20} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
