import { useWords } from '../words/words-context.tsx';
import { useTell } from '../shell/toasts.tsx';
import { useCommand } from '../shell/use-command.ts';

/** Prints the last receipt again and says which copy it is. */
export function useReprint(): () => void {
  const words = useWords();
  const tell = useTell();
  const { run } = useCommand();
  return () =>
    void run('reprintLast', {}).then((answer) => {
      if (answer) tell('success', words.sell.reprinted(answer.copyNumber));
    });
}
