import { Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useConnection } from '../connection/connection-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './connection-cover.module.css';

/** Covers the screen while the core is away: what is below was true, nothing can be done to it, and nothing is lost. */
export function ConnectionCover(): ReactNode {
  const words = useWords();
  const connection = useConnection();
  if (connection.state === 'connected') return null;
  const failed = connection.state === 'failed';
  const title = failed ? words.start.failedTitle : words.start.reconnectTitle;
  const text = failed ? words.start.failedText(connection.starting.fault ?? 'unexpected') : words.start.reconnectText;
  return (
    <div className={styles.cover} role="alert">
      <div className={styles.card}>
        {failed ? (
          <IconAlertTriangle size={40} stroke={1.6} aria-hidden className={styles.failed} />
        ) : (
          <Loader size={40} aria-hidden />
        )}
        <p className={styles.title}>{title}</p>
        <p className={styles.text}>{text}</p>
      </div>
    </div>
  );
}
