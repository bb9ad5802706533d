import { IconFlask } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import { useHost } from './host.tsx';
import styles from './runtime-strip.module.css';

/** Said aloud in the window: what a shop must not run on. Nothing on a register that is set up as it should be. */
export function RuntimeStrip(): ReactNode {
  const words = useWords();
  const host = useHost();
  const marks = [host.runtimeNote, host.developmentKeys ? words.shell.developmentKeys : null].filter(
    (mark) => mark !== null,
  );
  if (marks.length === 0) return null;
  return (
    <p className={styles.strip} data-testid="runtime-note">
      <IconFlask size={15} stroke={1.9} aria-hidden />
      {marks.join(' · ')}
    </p>
  );
}
