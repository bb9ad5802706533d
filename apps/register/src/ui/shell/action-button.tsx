import { KeyHint } from '@evertill/ui';
import type { ReactNode } from 'react';
import { actionKeyLabel, ariaKeys, type KeyAction } from '../keys/key-map.ts';
import styles from './action-button.module.css';

/** A button that names the key doing the same. `primary` is the one thing to do next on a screen. */
export function ActionButton(props: {
  children: ReactNode;
  action?: KeyAction;
  kind?: 'primary' | 'plain' | 'danger';
  size?: 'touch' | 'key' | 'pay';
  icon?: ReactNode;
  disabled?: boolean;
  submit?: boolean;
  autoFocus?: boolean;
  label?: string;
  wide?: boolean;
  onPress?: () => void;
}): ReactNode {
  const kind = props.kind ?? 'plain';
  return (
    <button
      type={props.submit ? 'submit' : 'button'}
      className={styles.button}
      data-kind={kind}
      data-size={props.size ?? 'touch'}
      data-wide={props.wide ?? false}
      disabled={props.disabled}
      autoFocus={props.autoFocus}
      aria-label={props.label}
      aria-keyshortcuts={props.action && ariaKeys(props.action)}
      onClick={props.onPress}
    >
      {props.icon && (
        <span className={styles.icon} aria-hidden="true">
          {props.icon}
        </span>
      )}
      <span className={styles.text}>{props.children}</span>
      {props.action && (
        <KeyHint
          label={actionKeyLabel(props.action)}
          tone={kind === 'primary' && !props.disabled ? 'on-accent' : 'quiet'}
        />
      )}
    </button>
  );
}
