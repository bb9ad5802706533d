import { newDenominationCount, typeCell, type DenominationCount, type KeypadKey } from '@evertill/ui';
import { useState } from 'react';

/** A count under way, filled by the keyboard in the grid or by the keypad beside it. */
export function useCount(denominationsMinor: readonly number[]): {
  count: DenominationCount;
  setCount: (count: DenominationCount) => void;
  onPad: (key: KeypadKey) => void;
} {
  const [count, setCount] = useState(() => newDenominationCount(denominationsMinor));
  return { count, setCount, onPad: (key) => setCount((now) => typeCell(now, key)) };
}
