import type { ReactNode } from 'react';
import { useAmountFormat } from './amount-context.tsx';

/** An amount in minor units, in figures of one width so that columns line up and changing totals do not jump. */
export function Money(props: {
  amountMinor: number;
  signed?: boolean;
  plain?: boolean;
  className?: string | undefined;
}): ReactNode {
  const format = useAmountFormat();
  const write = props.plain ? format.plain : props.signed ? format.signed : format.withCurrency;
  // An amount is one left-to-right island, also between Arabic or Hebrew words.
  return (
    <bdi className={props.className ? `ev-figures ${props.className}` : 'ev-figures'}>{write(props.amountMinor)}</bdi>
  );
}
