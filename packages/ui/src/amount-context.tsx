import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { createAmountFormat, type AmountFormat } from './amount-format.ts';

const AmountContext = createContext<AmountFormat | null>(null);

/** Tells everything inside how amounts are written. */
export function AmountProvider(props: {
  locale: string;
  currency: string;
  digits: number;
  children: ReactNode;
}): ReactNode {
  const { locale, currency, digits } = props;
  const format = useMemo(() => createAmountFormat({ locale, currency, digits }), [locale, currency, digits]);
  return <AmountContext.Provider value={format}>{props.children}</AmountContext.Provider>;
}

export function useAmountFormat(): AmountFormat {
  const format = useContext(AmountContext);
  if (!format) throw new Error('an amount outside of AmountProvider');
  return format;
}
