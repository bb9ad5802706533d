import type { OrderView } from '@evertill/register';
import { Money } from '@evertill/ui';
import type { ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './orders-screen.module.css';

/** One order: where it comes from, what is in it, and whether the server has it. */
export function OrderDetail(props: { order: OrderView }): ReactNode {
  const { order } = props;
  const words = useWords();
  const formats = useFormats();
  return (
    <section className={styles.detail} aria-label={words.orders.detailOf(order.number)}>
      <header className={styles.detailHead}>
        <h2 className={styles.detailTitle}>
          <bdi>{order.number}</bdi>
        </h2>
        <span className={styles.status} data-status={order.status}>
          {words.orders.statuses[order.status]}
        </span>
      </header>
      <dl className={styles.facts}>
        <dt>{words.orders.when}</dt>
        <dd>{formats.moment(order.at)}</dd>
        <dt>{words.orders.channel}</dt>
        <dd>{words.orders.channels[order.channel]}</dd>
        <dt>{words.orders.store}</dt>
        <dd>
          <bdi>{order.storeName}</bdi>
        </dd>
        <dt>{words.orders.recordedBy}</dt>
        <dd>
          <bdi>{order.registerId}</bdi>
        </dd>
        <dt>{words.orders.safe}</dt>
        <dd>{order.atServer ? words.orders.atServer : words.orders.onlyHere}</dd>
      </dl>
      <ul className={styles.lines} aria-label={words.orders.lines}>
        {order.lines.map((line) => (
          <li key={line.lineId} className={styles.line}>
            <span className={styles.quantity}>
              {line.unit === 'GRM' ? words.orders.grams(formats.count(line.quantity)) : formats.count(line.quantity)}
            </span>
            <bdi className={styles.lineName}>{line.name}</bdi>
            <Money amountMinor={line.totalMinor} />
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{words.orders.total}</span>
        <Money amountMinor={order.totalMinor} />
      </p>
    </section>
  );
}
