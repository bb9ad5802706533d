import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import bench from './bench-window.module.css';
import styles from './drawer-card.module.css';

/** The drawer slides out at each pulse and is pushed back by itself; the number says how often it was opened. */
export function DrawerCard(props: { kicks: number }): ReactNode {
  const { kicks } = props;
  const words = useWords().bench;
  return (
    <section className={bench.card}>
      <h2 className={bench.cardTitle}>{words.drawer}</h2>
      <div className={styles.cabinet} aria-hidden="true">
        <div key={kicks} className={styles.drawer} data-opens={kicks > 0} />
      </div>
      <p role="status">{words.drawerKicks(kicks)}</p>
    </section>
  );
}
