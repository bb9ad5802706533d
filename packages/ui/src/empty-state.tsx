import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What to do when there is nothing here yet. */
export function EmptyState(props: {
  icon: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
  heading?: 'h1' | 'h2';
}): ReactNode {
  const Heading = props.heading ?? 'h2';
  return (
    <div className={styles.empty}>
      <div className={styles.icon} aria-hidden="true">
        {props.icon}
      </div>
      <Heading className={styles.title}>{props.title}</Heading>
      {props.text && <p className={styles.text}>{props.text}</p>}
      {props.children}
    </div>
  );
}
