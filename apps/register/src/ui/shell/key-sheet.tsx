import type { ReactNode } from 'react';
import { keyLabel, keyMap, type KeyAction } from '../keys/key-map.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './key-sheet.module.css';
import { TaskDialog } from './task-dialog.tsx';

/** All keys of the register. */
export function KeySheet(props: { onClose: () => void }): ReactNode {
  const words = useWords();
  const actions = Object.keys(keyMap) as KeyAction[];
  return (
    <TaskDialog title={words.shell.keysTitle} size={640} keys={{ help: props.onClose }} onClose={props.onClose}>
      <p className={styles.hint} tabIndex={-1} data-autofocus>
        {words.shell.keysHint}
      </p>
      <dl className={styles.keys}>
        {actions.map((action) => (
          <div key={action} className={styles.row}>
            <dt className={styles.names} dir="ltr">
              {keyMap[action].map((key) => (
                <kbd key={key} className={styles.key}>
                  {keyLabel(key)}
                </kbd>
              ))}
            </dt>
            <dd>{words.keys[action]}</dd>
          </div>
        ))}
      </dl>
    </TaskDialog>
  );
}
