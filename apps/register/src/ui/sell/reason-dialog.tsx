import { TextInput } from '@mantine/core';
import { KeyHint } from '@evertill/ui';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { TEXT_LENGTH_MAX } from '../../contract/limits.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { TaskDialog } from '../shell/task-dialog.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './dialogs.module.css';

/** Why something is voided: one press (or its number) for the usual reasons, a text for any other. */
export function ReasonDialog(props: {
  title: string;
  reasons: readonly string[];
  busy: boolean;
  onReason: (reason: string) => void;
  onClose: () => void;
}): ReactNode {
  const words = useWords();
  const [other, setOther] = useState('');
  const byNumber = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.repeat) return;
    const reason = props.reasons[Number(event.key) - 1];
    if (!reason || props.busy) return;
    event.preventDefault();
    props.onReason(reason);
  };
  return (
    <TaskDialog title={props.title} onClose={props.onClose}>
      <div role="group" aria-labelledby="void-reason" className={styles.form} onKeyDown={byNumber}>
        <h3 id="void-reason" className={styles.question}>
          {words.sell.voidReason}
        </h3>
        <ul className={styles.reasons}>
          {props.reasons.map((reason, index) => (
            <li key={reason}>
              <button
                type="button"
                className={styles.reason}
                data-autofocus={index === 0 ? true : undefined}
                disabled={props.busy}
                aria-keyshortcuts={String(index + 1)}
                onClick={() => props.onReason(reason)}
              >
                {reason}
                <KeyHint label={String(index + 1)} />
              </button>
            </li>
          ))}
        </ul>
        <form
          className={styles.other}
          onSubmit={(event) => {
            event.preventDefault();
            if (other.trim() !== '') props.onReason(other.trim());
          }}
        >
          <TextInput
            className={styles.otherField ?? ''}
            size="lg"
            label={words.sell.otherReason}
            maxLength={TEXT_LENGTH_MAX}
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
          />
          <ActionButton submit kind="danger" size="touch" disabled={other.trim() === '' || props.busy}>
            {words.sell.voidNow}
          </ActionButton>
        </form>
      </div>
    </TaskDialog>
  );
}
