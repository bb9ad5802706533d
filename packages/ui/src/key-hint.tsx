import type { ReactNode } from 'react';
import styles from './key-hint.module.css';

/** The key that does the same as the button it stands on. Screen readers hear it through `aria-keyshortcuts` of the button. */
export function KeyHint(props: { label: string; tone?: 'quiet' | 'on-accent' }): ReactNode {
  return (
    <kbd className={styles.hint} data-tone={props.tone ?? 'quiet'} aria-hidden="true" dir="ltr">
      {props.label}
    </kbd>
  );
}
