import type { SessionView, XReportView } from '@evertill/register';
import { EmptyState } from '@evertill/ui';
import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useTell } from '../shell/toasts.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './day-screen.module.css';
import { ReportBody } from './report-body.tsx';

/** The day so far: an X report on the screen, on paper, and the way to close the till. Each reading is journaled. */
export function DayScreen(props: { session: SessionView }): ReactNode {
  const words = useWords();
  const formats = useFormats();
  const tell = useTell();
  const { dispatch } = useTask();
  const { run, busy } = useCommand();
  const [report, setReport] = useState<XReportView | null>(null);
  const may = props.session.signedOn?.may ?? [];
  const mayRead = may.includes('read-x');
  const mayClose = may.includes('close-till');
  const back = (): void => dispatch({ kind: 'go', task: 'sell' });
  const close = (): void => dispatch({ kind: 'go', task: 'count-to-close' });
  useKeys('screen', { back, day: back, ...(mayClose && { 'close-till': close }) });

  const read = async (print: boolean): Promise<void> => {
    const answer = await run('readX', { print });
    if (!answer) return;
    setReport(answer);
    if (print) tell('success', words.day.printed);
  };
  useEffect(() => {
    if (mayRead) void run('readX', { print: false }).then((answer) => answer && setReport(answer));
  }, [mayRead, run]);
  const showLastZ = async (): Promise<void> => {
    const last = await run('lastZ', {});
    if (last) dispatch({ kind: 'show-z', report: last });
    if (last === null) tell('info', words.day.noZ);
  };
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <div>
          <h1 className={styles.title}>{words.day.xReport}</h1>
          {report && (
            <p className={styles.subtitle}>
              {words.day.businessDate(formats.date(report.businessDate))} ·{' '}
              {words.day.readAt(formats.time(report.readAt))}
            </p>
          )}
        </div>
        <div className={styles.actions}>
          <ActionButton action="back" onPress={back}>
            {words.common.back}
          </ActionButton>
          <ActionButton onPress={() => void showLastZ()}>{words.day.lastZ}</ActionButton>
          <ActionButton disabled={!mayRead || busy} onPress={() => void read(true)}>
            {words.day.print}
          </ActionButton>
          <ActionButton kind="primary" action="close-till" disabled={!mayClose} onPress={close}>
            {words.day.closeTill}
          </ActionButton>
        </div>
      </header>
      {!mayClose && <p className={styles.note}>{words.notAllowed(words.permissions['close-till'])}</p>}
      {report ? (
        <ReportBody report={report} />
      ) : (
        <EmptyState
          icon={<IconCalendar size={44} stroke={1.5} />}
          title={mayRead ? words.day.loading : words.notAllowed(words.permissions['read-x'])}
        />
      )}
    </main>
  );
}
