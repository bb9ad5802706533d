import { StateMark } from '@evertill/ui';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { useTask } from './task-context.tsx';
import styles from './top-bar.module.css';

/** Whether the sales are safe, in words. */
export function SafetyMark(): ReactNode {
  const words = useWords();
  const safety = useSnapshot('safety');
  const server = useSnapshot('server');
  const { dispatch } = useTask();
  if (!safety) return null;
  // A copy that has never been tried has not failed.
  const copyFailed = !safety.secondCopy.ok && safety.secondCopy.at !== null;
  const waiting = server && server.state !== 'none' ? server.waitingRecords : null;
  const sentence = copyFailed
    ? words.shell.secondCopyFailed
    : (waiting ?? 0) > 0
      ? words.shell.waiting(waiting ?? 0)
      : waiting === 0
        ? words.shell.safeAtServer(safety.salesOnDisk)
        : words.shell.safe(safety.salesOnDisk);
  const Icon = copyFailed ? IconShieldExclamation : IconShieldCheck;
  return (
    <button
      type="button"
      className={styles.state}
      data-testid="safety"
      onClick={() => dispatch({ kind: 'go', task: 'devices' })}
    >
      <StateMark tone={copyFailed ? 'warning' : 'good'} icon={<Icon size={20} stroke={1.8} />}>
        {sentence}
      </StateMark>
    </button>
  );
}
