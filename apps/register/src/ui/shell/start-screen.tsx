import { Progress } from '@mantine/core';
import { IconLeaf } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useConnection } from '../connection/connection-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './start-screen.module.css';

/** Until the first snapshots have come: what the core is doing, in words and steps. */
export function StartScreen(): ReactNode {
  const words = useWords();
  const connection = useConnection();
  const step = connection.starting;
  const fault = connection.state === 'failed' ? (connection.starting.fault ?? 'unexpected') : null;
  const failed = fault !== null;
  const text = failed ? words.start.failedText(fault) : step ? words.start.steps[step.step] : words.start.connecting;
  const measured = !failed && step !== null && step.total > 1;
  return (
    <main className={styles.screen}>
      <span className={styles.mark} aria-hidden="true">
        <IconLeaf size={44} stroke={1.8} />
      </span>
      <h1 className={styles.title}>{failed ? words.start.failedTitle : words.product}</h1>
      <p className={styles.text} role="status">
        {text}
      </p>
      {failed && <p className={styles.code}>{words.start.failedCode(fault)}</p>}
      {!failed && (
        <Progress
          className={styles.progress ?? ''}
          value={measured ? Math.round((100 * step.done) / step.total) : 100}
          animated={!measured}
          aria-label={text}
        />
      )}
      {measured && (
        <p className="ev-figures">{words.start.progress(step.done.toLocaleString(), step.total.toLocaleString())}</p>
      )}
    </main>
  );
}
