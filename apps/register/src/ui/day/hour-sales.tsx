import type { SumsView } from '@evertill/register';
import { SegmentedControl } from '@mantine/core';
import { Money, useAmountFormat } from '@evertill/ui';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './hour-sales.module.css';

// The chart library is loaded when somebody looks at a day, never before the first sale.
const HourChart = lazy(() => import('./hour-chart.tsx'));

type View = 'chart' | 'table';

/** Sales by hour as a picture, and the same as a table for who cannot see it or wants the figures. */
export function HourSales(props: { hours: SumsView['hours']; totalMinor: number }): ReactNode {
  const { hours } = props;
  const words = useWords().day;
  const amounts = useAmountFormat();
  const [view, setView] = useState<View>('chart');
  return (
    <section className={styles.section} aria-label={words.perHour}>
      <header className={styles.header}>
        <h2 className={styles.title}>{words.perHour}</h2>
        <SegmentedControl
          className={styles.switch ?? ''}
          aria-label={words.view}
          value={view}
          onChange={(next) => setView(next === 'table' ? 'table' : 'chart')}
          data={[
            { value: 'chart', label: words.asChart },
            { value: 'table', label: words.asTable },
          ]}
        />
      </header>
      {hours.length === 0 ? (
        <p className={styles.none}>{words.noHours}</p>
      ) : view === 'chart' ? (
        <div
          role="img"
          aria-label={words.chartLabel(hours.length, amounts.withCurrency(props.totalMinor))}
          className={styles.chart}
          dir="ltr"
        >
          <Suspense fallback={null}>
            <HourChart hours={hours} />
          </Suspense>
        </div>
      ) : (
        <HourTable hours={hours} />
      )}
    </section>
  );
}

function HourTable(props: { hours: SumsView['hours'] }): ReactNode {
  const words = useWords().day;
  const formats = useFormats();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words.hour}</th>
          <th scope="col">{words.sales}</th>
          <th scope="col">{words.total}</th>
        </tr>
      </thead>
      <tbody>
        {props.hours.map((each) => (
          <tr key={each.hour}>
            <th scope="row">{formats.hour(each.hour)}</th>
            <td className="ev-figures">{formats.count(each.transactionCount)}</td>
            <td>
              <Money amountMinor={each.totalMinor} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
