import type { SuspendedView, TransactionView } from '@evertill/register';
import { EmptyState, Money } from '@evertill/ui';
import { IconBasketPause } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { useFormats } from '../formats/formats-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useTell } from '../shell/toasts.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './suspended-screen.module.css';

/** Parked transactions, oldest first as the register lists them. Arrows choose, Enter resumes. */
export function SuspendedScreen(props: { transaction: TransactionView | null }): ReactNode {
  const suspended = useSnapshot('suspended') ?? [];
  const words = useWords();
  const tell = useTell();
  const { dispatch } = useTask();
  const { run } = useCommand();
  const list = useRef<HTMLUListElement>(null);
  const back = (): void => dispatch({ kind: 'go', task: 'sell' });
  useKeys('screen', { back, suspended: back });
  useEffect(() => list.current?.querySelector('button')?.focus(), []);

  const resume = async (transactionId: string): Promise<void> => {
    if (props.transaction) return tell('warning', words.suspended.busy, 'passing');
    if ((await run('resume', { transactionId })) === null) back();
  };
  const onArrows = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step];
    if (step === 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>{words.suspended.title}</h1>
        <ActionButton action="back" onPress={back}>
          {words.common.back}
        </ActionButton>
      </header>
      {suspended.length === 0 ? (
        <EmptyState
          icon={<IconBasketPause size={44} stroke={1.5} />}
          title={words.suspended.empty}
          text={words.suspended.emptyText}
        />
      ) : (
        <ul ref={list} className={styles.list} onKeyDown={onArrows}>
          {suspended.map((each) => (
            <li key={each.transactionId}>
              <SuspendedRow suspended={each} onResume={() => void resume(each.transactionId)} />
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

function SuspendedRow(props: { suspended: SuspendedView; onResume: () => void }): ReactNode {
  const { suspended } = props;
  const words = useWords();
  const formats = useFormats();
  return (
    <button type="button" className={styles.row} onClick={props.onResume}>
      <span className={styles.who}>
        <span className={styles.name}>{suspended.name}</span>
        <span className={styles.by}>
          {words.suspended.by(suspended.cashierName, formats.moment(suspended.suspendedAt))}
          {!suspended.here && ` · ${words.suspended.elsewhere(suspended.registerId)}`}
        </span>
      </span>
      <span className={styles.items}>{words.common.items(suspended.itemCount)}</span>
      <Money amountMinor={suspended.totalMinor} className={styles.total} />
      <span className={styles.resume}>{words.suspended.resume}</span>
    </button>
  );
}
