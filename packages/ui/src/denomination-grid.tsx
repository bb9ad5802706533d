import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { digitsOf } from './amount-entry.ts';
import { useAmountFormat } from './amount-context.tsx';
import { enterCell, PIECES_DIGITS_MAX, writeCell, type DenominationCount } from './denomination-count.ts';
import styles from './denomination-grid.module.css';
import { Money } from './money.tsx';

/**
 * Notes and coins to count, largest first. Arrows up and down and Tab go from cell to cell, digits count; Enter is left to the
 * screen. The focused cell follows `count.active`, so that a keypad beside it can fill it.
 */
export function DenominationGrid(props: {
  label: string;
  piecesLabel: (denomination: string) => string;
  count: DenominationCount;
  onChange: (count: DenominationCount) => void;
}): ReactNode {
  const { count, onChange } = props;
  const format = useAmountFormat();
  const cells = useRef<(HTMLInputElement | null)[]>([]);
  useEffect(() => {
    const cell = cells.current[count.active];
    if (cell && document.activeElement !== cell) cell.focus();
    if (count.fresh) cell?.select();
  }, [count.active, count.fresh]);

  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    onChange(enterCell(count, count.active + step));
  };
  const half = Math.ceil(count.denominationsMinor.length / 2);
  return (
    <div
      role="group"
      aria-label={props.label}
      className={styles.grid}
      style={{ gridTemplateRows: `repeat(${half}, auto)` }}
      onKeyDown={move}
    >
      {count.denominationsMinor.map((denominationMinor, index) => {
        const digits = count.typed[index] ?? '';
        return (
          <label key={denominationMinor} className={styles.row} data-active={index === count.active}>
            <Money amountMinor={denominationMinor} className={styles.denomination} />
            <span className={styles.times} aria-hidden="true">
              ×
            </span>
            <input
              ref={(element) => {
                cells.current[index] = element;
              }}
              className={`${styles.pieces ?? ''} ev-figures`}
              inputMode="none"
              autoComplete="off"
              placeholder="0"
              aria-label={props.piecesLabel(format.withCurrency(denominationMinor))}
              value={digits}
              onFocus={() => index !== count.active && onChange(enterCell(count, index))}
              onChange={(event) =>
                onChange(writeCell(count, index, digitsOf(event.currentTarget.value, PIECES_DIGITS_MAX)))
              }
            />
            <span className={styles.worth} data-none={digits === ''}>
              <Money amountMinor={denominationMinor * Number(digits || '0')} />
            </span>
          </label>
        );
      })}
    </div>
  );
}
