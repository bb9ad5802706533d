import type { LineView } from '@evertill/register';
import { digitsOf, Keypad, typeDigit } from '@evertill/ui';
import { useState, type ReactNode } from 'react';
import { ActionButton } from '../shell/action-button.tsx';
import { TaskDialog } from '../shell/task-dialog.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './dialogs.module.css';

const QUANTITY_DIGITS_MAX = 6;

/** A new quantity for one line; what was there is selected, so the first digit replaces it. */
export function QuantityDialog(props: {
  line: LineView;
  max: number;
  onSet: (quantity: number) => void;
  onClose: () => void;
}): ReactNode {
  const { line } = props;
  const words = useWords();
  const [digits, setDigits] = useState(String(line.quantity));
  const [fresh, setFresh] = useState(true);
  const quantity = Number(digits || '0');
  const possible = quantity >= 1 && quantity <= props.max;
  return (
    <TaskDialog title={words.sell.quantityOf(line.name)} size={400} onClose={props.onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (possible) props.onSet(quantity);
        }}
      >
        <label className={styles.field}>
          <span className="ev-unseen">{words.sell.quantity}</span>
          <input
            // The dialog moves the focus here after it has opened: only then can what is there be selected.
            onFocus={(event) => event.currentTarget.select()}
            className={`${styles.number ?? ''} ev-figures`}
            inputMode="none"
            autoComplete="off"
            data-autofocus
            aria-describedby="quantity-hint"
            aria-invalid={!possible}
            value={digits}
            onChange={(event) => {
              setFresh(false);
              setDigits(digitsOf(event.currentTarget.value, QUANTITY_DIGITS_MAX));
            }}
          />
        </label>
        <p id="quantity-hint" className={styles.hint} data-wrong={!possible}>
          {words.sell.quantityMax(props.max)}
        </p>
        <Keypad
          label={words.common.numberPad}
          words={words.common}
          onKey={(key) => {
            setDigits(typeDigit(fresh && key !== 'erase' ? '' : digits, key, QUANTITY_DIGITS_MAX));
            setFresh(false);
          }}
        />
        <ActionButton submit kind="primary" size="key" action="confirm" wide disabled={!possible}>
          {words.sell.setQuantity}
        </ActionButton>
      </form>
    </TaskDialog>
  );
}
