import type { ReactNode } from 'react';
import styles from './state-mark.module.css';

export type Tone = 'good' | 'quiet' | 'warning' | 'danger';

/** A state in words, with an icon. Colour only repeats what the words say. */
export function StateMark(props: { tone: Tone; icon: ReactNode; children: ReactNode; boxed?: boolean }): ReactNode {
  return (
    <span className={styles.mark} data-tone={props.tone} data-boxed={props.boxed ?? false}>
      <span className={styles.icon} aria-hidden="true">
        {props.icon}
      </span>
      <span>{props.children}</span>
    </span>
  );
}
