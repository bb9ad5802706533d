export { AmountProvider, useAmountFormat } from './amount-context.tsx';
export { amountOfDigits, digitsOf, typeDigit, type KeypadKey } from './amount-entry.ts';
export { AmountField } from './amount-field.tsx';
export { createAmountFormat, type AmountFormat } from './amount-format.ts';
export { BigTotal } from './big-total.tsx';
export {
  countedMinor,
  countedPieces,
  newDenominationCount,
  typeCell,
  type DenominationCount,
} from './denomination-count.ts';
export { DenominationGrid } from './denomination-grid.tsx';
export { EmptyState } from './empty-state.tsx';
export { KeyHint } from './key-hint.tsx';
export { Keypad } from './keypad.tsx';
export { LiveRegion, useAnnounce } from './live-region.tsx';
export { Money } from './money.tsx';
export { StateMark, type Tone } from './state-mark.tsx';
export { evertillTheme, evertillVariables } from './theme.ts';
