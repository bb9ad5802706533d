import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { TEXT_LENGTH_MAX } from '../../contract/limits.ts';
import { useFormats } from '../formats/formats-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { TaskDialog } from '../shell/task-dialog.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './dialogs.module.css';

/** Parks the transaction under a name; a resumed one proposes the name it had. */
export function SuspendDialog(props: {
  proposal: string;
  busy: boolean;
  onSuspend: (name: string) => void;
  onClose: () => void;
}): ReactNode {
  const words = useWords();
  const formats = useFormats();
  const [name, setName] = useState(props.proposal);
  const [unnamed] = useState(() => words.sell.suspendDefault(formats.time(new Date().toISOString())));
  return (
    <TaskDialog title={words.sell.suspendTitle} size={460} onClose={props.onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSuspend(name.trim() || unnamed);
        }}
      >
        <TextInput
          size="lg"
          label={words.sell.suspendName}
          description={words.sell.suspendHint}
          maxLength={TEXT_LENGTH_MAX}
          placeholder={unnamed}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ActionButton submit kind="primary" size="key" action="confirm" wide disabled={props.busy}>
          {words.sell.suspend}
        </ActionButton>
      </form>
    </TaskDialog>
  );
}
