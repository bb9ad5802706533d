import { useEffect, useState } from 'react';
import { secondsUntil } from './seconds-left.ts';

/** Counts down to an instant, second by second; 0 when it has passed or there is none. */
export function useSecondsLeft(until: string | null): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const seconds = until === null ? 0 : secondsUntil(until, nowMs);
  const counting = seconds > 0;
  useEffect(() => {
    setNowMs(Date.now());
    if (until === null || !counting) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until, counting]);
  return seconds;
}
