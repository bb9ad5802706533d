import type { DevicesView, LastSaleView } from '@evertill/register';
import { BigTotal, StateMark, useAmountFormat, useAnnounce, type Tone } from '@evertill/ui';
import { IconCheck, IconPrinter, IconReceipt } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import { useReprint } from '../sell/use-reprint.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './done-screen.module.css';

const printTones: Record<LastSaleView['print'], Tone> = {
  none: 'quiet',
  waiting: 'warning',
  printing: 'quiet',
  printed: 'good',
  interrupted: 'danger',
  discarded: 'quiet',
};

/** A receipt that is being printed by a printer that cannot go on waits for it, as far as a person can see. */
function shownPrint(print: LastSaleView['print'], devices: DevicesView | undefined): LastSaleView['print'] {
  const printer = devices?.devices.find((device) => device.kind === 'printer');
  const goesOn = printer?.state === 'ready' || printer?.state === 'busy';
  return print === 'printing' && printer && !goesOn ? 'waiting' : print;
}

/** The change, readable from two metres, until the next scan or Enter. */
export function DoneScreen(props: { sale: LastSaleView }): ReactNode {
  const { sale } = props;
  const words = useWords();
  const amounts = useAmountFormat();
  const announce = useAnnounce();
  const { dispatch } = useTask();
  const next = (): void => dispatch({ kind: 'stop-paying' });
  const reprint = useReprint();
  const print = shownPrint(sale.print, useSnapshot('devices'));
  useKeys('screen', { confirm: next, back: next, reprint });
  useEffect(() => {
    announce(words.done.announce(amounts.withCurrency(sale.changeDueMinor), sale.receiptLabel));
  }, [announce, amounts, words, sale.changeDueMinor, sale.receiptLabel]);
  return (
    <main className={styles.done}>
      <div className={styles.card}>
        <h1 className={styles.complete}>
          <IconCheck size={24} stroke={2.4} aria-hidden />
          {words.done.complete}
        </h1>
        <BigTotal
          label={sale.changeDueMinor === 0 ? words.done.noChange : words.done.change}
          amountMinor={sale.changeDueMinor}
          size="enormous"
          tone="good"
          testId="change"
        />
        <p className={styles.paid}>
          {words.done.paid(amounts.withCurrency(sale.tenderedMinor), amounts.withCurrency(sale.totalMinor))}
        </p>
        <div className={styles.marks}>
          <StateMark tone="quiet" boxed icon={<IconReceipt size={20} stroke={1.7} />}>
            <bdi data-testid="receipt-label" data-selectable>
              {words.done.receipt(sale.receiptLabel)}
            </bdi>
          </StateMark>
          <StateMark tone={printTones[print]} boxed icon={<IconPrinter size={20} stroke={1.7} />}>
            {words.done.print[print]}
          </StateMark>
        </div>
        <div className={styles.actions}>
          <ActionButton size="pay" action="reprint" onPress={reprint}>
            {words.sell.reprint}
          </ActionButton>
          <ActionButton kind="primary" size="pay" action="confirm" onPress={next}>
            {words.done.next}
          </ActionButton>
        </div>
        <p className={styles.hint}>{words.done.nextHint}</p>
      </div>
    </main>
  );
}
