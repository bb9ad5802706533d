import type { AnswerOf, CommandName, ParamsOf } from '@evertill/register';
import { useCallback, useRef, useState } from 'react';
import { useCore } from '../connection/connection-context.tsx';
import type { SendOutcome } from '../connection/core-client.ts';
import { useWords } from '../words/words-context.tsx';
import { useDoneSomething, useTell } from './toasts.tsx';

export type RunCommand = <N extends CommandName>(name: N, params: ParamsOf<N>) => Promise<AnswerOf<N> | undefined>;

/**
 * Sends commands and says refusals in words. One at a time: a second press before the answer does nothing, so a double Enter
 * never pays twice. Resolves with the answer, or `undefined` when there is none.
 */
export function useCommand(): { run: RunCommand; busy: boolean } {
  const core = useCore();
  const words = useWords();
  const tell = useTell();
  const doneSomething = useDoneSomething();
  const underway = useRef(false);
  const [busy, setBusy] = useState(false);
  const run = useCallback<RunCommand>(
    async (name, params) => {
      if (underway.current) return undefined;
      underway.current = true;
      setBusy(true);
      const outcome: SendOutcome<AnswerOf<typeof name>> = await core.send(name, params);
      underway.current = false;
      setBusy(false);
      doneSomething();
      if (outcome.ok) return outcome.value;
      tell('error', words.refusals[outcome.error.code], 'passing');
      return undefined;
    },
    [core, tell, doneSomething, words],
  );
  return { run, busy };
}
