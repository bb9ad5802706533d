import type { CountView, RegisterView } from '@evertill/register';
import { countedPieces } from '@evertill/ui';
import { useState, type ReactNode } from 'react';
import { useKeys } from '../keys/key-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import { CountPanel } from './count-panel.tsx';
import { CountReview } from './count-review.tsx';
import { useCount } from './use-count.ts';

/** Closing: count blind, compare, decide. What the register expects is asked for only after the count. */
export function CloseTillScreen(props: { register: RegisterView; review?: CountView | undefined }): ReactNode {
  const words = useWords();
  const { dispatch } = useTask();
  const counting = useCount(props.register.denominationsMinor);
  const { run, busy } = useCommand();
  const [review, setReview] = useState<CountView | null>(props.review ?? null);
  const counts = countedPieces(counting.count);
  const back = (): void => (review ? setReview(null) : dispatch({ kind: 'go', task: 'day' }));

  const compare = async (): Promise<void> => {
    const answer = await run('countTill', { counts });
    if (answer) setReview(answer);
  };
  const close = async (): Promise<void> => {
    const report = await run('closeTill', { counts });
    if (report) dispatch({ kind: 'show-z', report });
  };
  useKeys('screen', { back, ...(review && !busy && { 'close-till': () => void close() }) });
  if (review) return <CountReview review={review} busy={busy} onClose={() => void close()} onAgain={back} />;
  return (
    <CountPanel
      title={words.till.closeTitle}
      hint={words.till.closeHint}
      counting={counting}
      onSubmit={() => void compare()}
    >
      <ActionButton submit kind="primary" size="pay" action="confirm" wide disabled={busy}>
        {words.till.reviewCount}
      </ActionButton>
      <ActionButton action="back" wide onPress={back}>
        {words.common.back}
      </ActionButton>
    </CountPanel>
  );
}
