import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useAmountFormat } from './amount-context.tsx';
import { amountOfDigits, digitsOf } from './amount-entry.ts';
import styles from './amount-field.module.css';

/**
 * A field for an amount in minor units. Digits enter from the right; the caret stays at the end, because an amount is typed,
 * not edited. `digits` is what was typed so far ('' shows `placeholderMinor` quietly).
 */
export function AmountField(props: {
  label: string;
  digits: string;
  placeholderMinor?: number;
  inputRef?: RefObject<HTMLInputElement | null>;
  describedBy?: string;
  autoFocus?: boolean;
  onDigits: (digits: string) => void;
}): ReactNode {
  const format = useAmountFormat();
  const own = useRef<HTMLInputElement>(null);
  const input = props.inputRef ?? own;
  const amountMinor = amountOfDigits(props.digits);
  const shown = amountMinor === null ? '' : format.typed(amountMinor);
  useLayoutEffect(() => {
    const field = input.current;
    if (field && document.activeElement === field) field.setSelectionRange(shown.length, shown.length);
  }, [input, shown]);
  return (
    <label className={styles.box}>
      <span className={styles.label}>{props.label}</span>
      <span className={styles.value} dir="ltr">
        <span className={styles.symbol} aria-hidden="true">
          {format.symbol}
        </span>
        <input
          ref={input}
          className={`${styles.input ?? ''} ev-figures`}
          dir="ltr"
          inputMode="none"
          autoComplete="off"
          autoFocus={props.autoFocus}
          aria-describedby={props.describedBy}
          placeholder={props.placeholderMinor === undefined ? '' : format.typed(props.placeholderMinor)}
          value={shown}
          onSelect={(event) => event.currentTarget.setSelectionRange(shown.length, shown.length)}
          onChange={(event) => props.onDigits(digitsOf(event.currentTarget.value))}
        />
      </span>
    </label>
  );
}
