import { EmptyState, useAnnounce } from '@evertill/ui';
import { IconReceiptOff, IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { SEARCH_LENGTH_MAX } from '../../contract/limits.ts';
import { useFormats } from '../formats/formats-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { OrderDetail } from './order-detail.tsx';
import { OrderList, orderOptionId, ORDERS_ID } from './order-list.tsx';
import styles from './orders-screen.module.css';
import { useOrders, type OrdersAnswer } from './use-orders.ts';

/** Orders of every channel: found by number, name, mail, phone or a scanned receipt; without a text the latest. Arrows choose. */
export function OrdersScreen(props: { initialText: string }): ReactNode {
  const words = useWords();
  const { dispatch } = useTask();
  const [text, setText] = useState(props.initialText);
  const [chosenId, choose] = useState<string | null>(null);
  const answer = useOrders(text.trim());
  const orders = answer && 'view' in answer ? answer.view.orders : [];
  // What was chosen stays chosen when the list is asked for again; else the first is.
  const chosen = orders.find(({ orderId }) => orderId === chosenId) ?? orders[0];
  // Who reads an order goes on reading it when a newer one arrives.
  if (chosen && chosen.orderId !== chosenId && answer?.text === text.trim()) choose(chosen.orderId);
  const back = (): void => dispatch({ kind: 'go', task: 'sell' });
  const searchAgain = (): void => document.getElementById(FIELD_ID)?.focus();
  useKeys('screen', { back, orders: back, search: searchAgain, typing: searchAgain });
  useFoundAnnouncement(answer);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      setText('');
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !chosen) return;
    event.preventDefault();
    const next = orders[orders.indexOf(chosen) + step];
    if (next) choose(next.orderId);
  };
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>{words.orders.title}</h1>
        <ActionButton action="back" onPress={back}>
          {words.common.back}
        </ActionButton>
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <div className={styles.box}>
            <IconSearch size={22} stroke={1.8} aria-hidden className={styles.icon} />
            <input
              id={FIELD_ID}
              className={styles.input}
              type="text"
              role="combobox"
              aria-label={words.orders.search}
              aria-expanded={orders.length > 0}
              aria-controls={orders.length > 0 ? ORDERS_ID : undefined}
              aria-activedescendant={orderOptionId(chosen?.orderId)}
              aria-autocomplete="list"
              placeholder={words.orders.placeholder}
              autoComplete="off"
              autoCorrect="off"
              spellCheck={false}
              maxLength={SEARCH_LENGTH_MAX}
              autoFocus
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value);
                choose(null);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <Where answer={answer} />
          {orders.length > 0 ? (
            <OrderList orders={orders} chosenId={chosen?.orderId} onChoose={choose} />
          ) : (
            answer && <Nothing answer={answer} />
          )}
        </div>
        {chosen && <OrderDetail order={chosen} />}
      </div>
    </main>
  );
}

const FIELD_ID = 'orders-search';

/** Whether the server was asked, or this is what the register knows by itself, and how old that is. */
function Where(props: { answer: OrdersAnswer | null }): ReactNode {
  const words = useWords().orders;
  const formats = useFormats();
  const { answer } = props;
  if (!answer || !('view' in answer)) return null;
  const { from, upToDateAt } = answer.view;
  const sentence =
    from === 'server'
      ? words.fromServer
      : upToDateAt === null
        ? words.fromHere
        : words.fromHereAsOf(formats.moment(upToDateAt));
  return (
    <p className={styles.where} data-from={from}>
      {sentence}
    </p>
  );
}

function Nothing(props: { answer: OrdersAnswer }): ReactNode {
  const words = useWords();
  const { answer } = props;
  if ('refused' in answer) return <p className={styles.refused}>{words.refusals[answer.refused]}</p>;
  return (
    <EmptyState
      icon={<IconReceiptOff size={44} stroke={1.5} />}
      title={answer.text === '' ? words.orders.none : words.orders.noneFor(answer.text)}
      text={answer.text === '' ? words.orders.noneText : words.orders.noneForText}
    />
  );
}

function useFoundAnnouncement(answer: OrdersAnswer | null): void {
  const words = useWords();
  const announce = useAnnounce();
  const text = answer?.text ?? '';
  const count = answer && 'view' in answer ? answer.view.orders.length : null;
  useEffect(() => {
    if (text !== '' && count !== null) announce(count === 0 ? words.orders.noneFor(text) : words.orders.count(count));
  }, [announce, count, text, words]);
}
