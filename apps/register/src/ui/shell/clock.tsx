import { useEffect, useState, type ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import styles from './clock.module.css';

/** The time of the store. It steps on the minute: a timer to the next one, so that nothing renders in between. */
export function Clock(): ReactNode {
  const formats = useFormats();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNowMs(Date.now()), 60_000 - (nowMs % 60_000) + 20);
    return () => clearTimeout(timer);
  }, [nowMs]);
  const at = new Date(nowMs).toISOString();
  return (
    <time className={`${styles.clock ?? ''} ev-figures`} dateTime={at}>
      {formats.time(at)}
    </time>
  );
}
