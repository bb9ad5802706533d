import type { RegisterView, SessionView, TillView } from '@evertill/register';
import { countedPieces, EmptyState } from '@evertill/ui';
import { IconCashRegister } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import { CountPanel } from './count-panel.tsx';
import styles from './open-till-screen.module.css';
import { useCount } from './use-count.ts';

export function OpenTillScreen(props: {
  register: RegisterView;
  session: SessionView;
  till: Extract<TillView, { state: 'closed' }>;
}): ReactNode {
  const words = useWords();
  const counting = useCount(props.register.denominationsMinor);
  const { run, busy } = useCommand();
  if (!props.session.signedOn?.may.includes('open-till')) {
    return (
      <main className={styles.closed}>
        <EmptyState
          heading="h1"
          icon={<IconCashRegister size={44} stroke={1.5} />}
          title={words.till.cannotOpenTitle}
          text={words.till.cannotOpenText}
        />
      </main>
    );
  }
  return (
    <CountPanel
      title={words.till.openTitle}
      hint={words.till.openHint}
      above={<LastClosing till={props.till} />}
      counting={counting}
      onSubmit={() => void run('openTill', { counts: countedPieces(counting.count) })}
    >
      <ActionButton submit kind="primary" size="pay" action="confirm" wide disabled={busy}>
        {words.till.open}
      </ActionButton>
    </CountPanel>
  );
}

function LastClosing(props: { till: Extract<TillView, { state: 'closed' }> }): ReactNode {
  const { lastZNumber, lastClosedAt } = props.till;
  const words = useWords();
  const formats = useFormats();
  const { dispatch } = useTask();
  const { run } = useCommand();
  if (lastZNumber === null || lastClosedAt === null) return <p className={styles.last}>{words.till.neverClosed}</p>;
  const showLastZ = async (): Promise<void> => {
    const report = await run('lastZ', {});
    if (report) dispatch({ kind: 'show-z', report });
  };
  return (
    <div className={styles.last}>
      <p>{words.till.lastClosed(lastZNumber, formats.moment(lastClosedAt))}</p>
      <ActionButton onPress={() => void showLastZ()}>{words.till.showLastZ}</ActionButton>
    </div>
  );
}
