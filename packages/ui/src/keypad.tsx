import { IconBackspace } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { KeypadKey } from './amount-entry.ts';
import styles from './keypad.module.css';

const rows: readonly (readonly KeypadKey[])[] = [
  ['7', '8', '9'],
  ['4', '5', '6'],
  ['1', '2', '3'],
];

/**
 * Digits for a finger. It never takes the focus, so the field that is being filled keeps it and the keyboard goes on working.
 * `numbers` says what the last row offers: `00` for amounts, clear for a PIN.
 */
export function Keypad(props: {
  label: string;
  words: { erase: string; clear: string };
  lastRow?: 'double-zero' | 'clear';
  disabled?: boolean;
  onKey: (key: KeypadKey) => void;
}): ReactNode {
  const bottom: readonly KeypadKey[] = [props.lastRow === 'clear' ? 'clear' : '00', '0', 'erase'];
  return (
    <div role="group" aria-label={props.label} className={styles.pad} dir="ltr">
      {[...rows, bottom].flat().map((key) => (
        <button
          key={key}
          type="button"
          tabIndex={-1}
          className={styles.key}
          data-kind={key === 'erase' || key === 'clear' ? 'edit' : 'digit'}
          disabled={props.disabled}
          aria-label={key === 'erase' ? props.words.erase : key === 'clear' ? props.words.clear : undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => props.onKey(key)}
        >
          {key === 'erase' ? <IconBackspace size={26} stroke={1.6} aria-hidden /> : key === 'clear' ? 'C' : key}
        </button>
      ))}
    </div>
  );
}
