import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { createTimeFormat, type TimeFormat } from './times.ts';

export type Formats = TimeFormat & { count(value: number): string; percent(ratePpm: number): string };

const FormatsContext = createContext<Formats | null>(null);

export function FormatsProvider(props: { locale: string; timeZone: string; children: ReactNode }): ReactNode {
  const { locale, timeZone } = props;
  const formats = useMemo(() => {
    const number = new Intl.NumberFormat(locale);
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 });
    return {
      ...createTimeFormat({ locale, timeZone }),
      count: (value: number) => number.format(value),
      percent: (ratePpm: number) => percent.format(ratePpm / 1_000_000),
    };
  }, [locale, timeZone]);
  return <FormatsContext.Provider value={formats}>{props.children}</FormatsContext.Provider>;
}

export function useFormats(): Formats {
  const formats = useContext(FormatsContext);
  if (!formats) throw new Error('a date outside of FormatsProvider');
  return formats;
}
