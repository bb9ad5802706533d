import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What to do when there is nothing here yet. */
export function EmptyState(props: { icon: ReactNode; title: string; text?: string; children?: ReactNode }): ReactNode {
  return (
    <div className={styles.empty}>
      <div className={styles.icon} aria-hidden="true">
        {props.icon}
      </div>
      <h2 className={styles.title}>{props.title}</h2>
      {props.text && <p className={styles.text}>{props.text}</p>}
      {props.children}
    </div>
  );
}
