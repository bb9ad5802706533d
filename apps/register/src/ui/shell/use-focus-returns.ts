import { useEffect, useRef, useState } from 'react';

/**
 * While the core is away the screen takes no input, and the browser takes the focus from it for good. When the core is back, what
 * had the focus gets it again and keeps what was typed; where that is gone, another screen has come in the meantime, and a new
 * number makes it open anew, with the focus where it puts it.
 *
 * @returns a number to be the `key` of the screen
 */
export function useFocusReturns(away: boolean): number {
  const [returns, setReturns] = useState(0);
  const focused = useRef<Element | null>(null);
  const wasAway = useRef(false);
  useEffect(() => {
    const remember = (): void => {
      focused.current = document.activeElement;
    };
    remember();
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useEffect(() => {
    if (wasAway.current && !away) {
      const before = focused.current;
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else setReturns((count) => count + 1);
    }
    wasAway.current = away;
  }, [away]);
  return returns;
}
