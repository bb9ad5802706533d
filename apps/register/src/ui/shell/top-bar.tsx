import type { RegisterView, SessionView, TillView } from '@evertill/register';
import { IconCalendar, IconLeaf } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { KeyHint } from '@evertill/ui';
import { useFormats } from '../formats/formats-context.tsx';
import { actionKeyLabel, ariaKeys } from '../keys/key-map.ts';
import { useWords } from '../words/words-context.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Clock } from './clock.tsx';
import { DevicesMark } from './devices-mark.tsx';
import { SafetyMark } from './safety-mark.tsx';
import { useTask } from './task-context.tsx';
import styles from './top-bar.module.css';

/** The quiet bar: where this is, which day it is, whether everything is safe, who sells. */
export const TopBar = memo(function TopBar(props: {
  register: RegisterView;
  session: SessionView;
  till: TillView;
}): ReactNode {
  const { register, session, till } = props;
  const words = useWords();
  const formats = useFormats();
  const { dispatch } = useTask();
  return (
    <div className={styles.bar} role="group" aria-label={words.shell.statusBar}>
      <div className={styles.place}>
        <span className={styles.mark} aria-hidden="true">
          <IconLeaf size={20} stroke={2} />
        </span>
        <span className={styles.names}>
          <span className={styles.store}>{register.storeName}</span>
          <span className={styles.register}>{words.shell.register(register.registerId)}</span>
        </span>
      </div>
      <span className={styles.spacer} />
      <SafetyMark />
      <DevicesMark />
      {session.signedOn && till.state === 'open' && (
        <button
          type="button"
          className={styles.day}
          aria-keyshortcuts={ariaKeys('day')}
          onClick={() => dispatch({ kind: 'go', task: 'day' })}
        >
          <IconCalendar size={18} stroke={1.8} aria-hidden />
          {words.day.title}
          <KeyHint label={actionKeyLabel('day')} />
        </button>
      )}
      <span className={styles.when}>
        <Clock />
        <span className={styles.date}>
          {till.state === 'open' ? words.shell.businessDate(formats.date(till.businessDate)) : words.shell.tillClosed}
        </span>
      </span>
      <AccountMenu signedOn={session.signedOn} />
    </div>
  );
});
