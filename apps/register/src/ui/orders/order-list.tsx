import type { OrderView } from '@evertill/register';
import { Money } from '@evertill/ui';
import { IconBuildingStore, IconWorld } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './orders-screen.module.css';

export const ORDERS_ID = 'orders-found';
export const orderOptionId = (orderId: string | undefined): string | undefined =>
  orderId === undefined ? undefined : `order-${orderId}`;

/** The orders found, newest first. The search field keeps the focus; the arrows move through this list. */
export function OrderList(props: {
  orders: readonly OrderView[];
  chosenId: string | undefined;
  onChoose: (orderId: string) => void;
}): ReactNode {
  const words = useWords();
  return (
    <div id={ORDERS_ID} role="listbox" aria-label={words.orders.found} className={styles.list}>
      {props.orders.map((order) => (
        <OrderOption
          key={order.orderId}
          order={order}
          chosen={order.orderId === props.chosenId}
          onChoose={props.onChoose}
        />
      ))}
    </div>
  );
}

function OrderOption(props: { order: OrderView; chosen: boolean; onChoose: (orderId: string) => void }): ReactNode {
  const { order, chosen, onChoose } = props;
  const words = useWords();
  const formats = useFormats();
  const option = useRef<HTMLButtonElement>(null);
  const Icon = order.channel === 'web' ? IconWorld : IconBuildingStore;
  useEffect(() => {
    if (chosen) option.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <button
      ref={option}
      id={orderOptionId(order.orderId)}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={styles.option}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(order.orderId)}
    >
      <Icon size={22} stroke={1.6} aria-hidden className={styles.channel} />
      <span className={styles.what}>
        <bdi className={styles.number}>{order.number}</bdi>
        <span className={styles.more}>
          {words.orders.channels[order.channel]} · <bdi>{order.storeName}</bdi> · {words.orders.statuses[order.status]}
        </span>
      </span>
      <span className={styles.sum}>
        <Money amountMinor={order.totalMinor} />
        <span className={styles.more}>{formats.moment(order.at)}</span>
      </span>
    </button>
  );
}
