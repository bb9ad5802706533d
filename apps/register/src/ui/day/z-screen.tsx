import type { ZReportView } from '@evertill/register';
import { StateMark, useAmountFormat } from '@evertill/ui';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './day-screen.module.css';
import { ReportBody } from './report-body.tsx';

/** A Z report: the closing as it was recorded, with its number. */
export function ZScreen(props: { report: ZReportView }): ReactNode {
  const { report } = props;
  const words = useWords();
  const formats = useFormats();
  const amounts = useAmountFormat();
  const { dispatch } = useTask();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const seen = (): void => dispatch({ kind: 'z-seen' });
  useKeys('screen', { confirm: seen, back: seen });
  const fits = report.overShortMinor === 0;
  const difference = amounts.withCurrency(Math.abs(report.overShortMinor));
  const verdict = fits
    ? words.till.exact
    : report.overShortMinor > 0
      ? words.till.over(difference)
      : words.till.short(difference);
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <div>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {words.day.zReport(report.zNumber)}
          </h1>
          <p className={styles.subtitle}>
            {words.day.businessDate(formats.date(report.businessDate))} ·{' '}
            {words.day.readAt(formats.time(report.readAt))}
          </p>
        </div>
        <div className={styles.actions}>
          <StateMark
            boxed
            tone={fits ? 'good' : 'warning'}
            icon={fits ? <IconCircleCheck size={20} stroke={1.8} /> : <IconAlertTriangle size={20} stroke={1.8} />}
          >
            {verdict}
          </StateMark>
          <ActionButton kind="primary" action="confirm" onPress={seen}>
            {words.day.done}
          </ActionButton>
        </div>
      </header>
      <ReportBody report={report} closing={report} />
    </main>
  );
}
