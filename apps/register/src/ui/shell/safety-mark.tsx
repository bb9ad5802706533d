import { StateMark } from '@evertill/ui';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { useFormats } from '../formats/formats-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { safetySentence } from './safety-sentence.ts';
import { useTask } from './task-context.tsx';
import styles from './top-bar.module.css';

/** Whether the sales are safe, in words. */
export function SafetyMark(): ReactNode {
  const words = useWords();
  const formats = useFormats();
  const safety = useSnapshot('safety');
  const server = useSnapshot('server');
  const { dispatch } = useTask();
  if (!safety || !server) return null;
  const { text, tone } = safetySentence(words.shell, formats.time, safety, server);
  const Icon = tone === 'warning' ? IconShieldExclamation : IconShieldCheck;
  return (
    <button
      type="button"
      className={styles.state}
      data-testid="safety"
      onClick={() => dispatch({ kind: 'go', task: 'devices' })}
    >
      <StateMark tone={tone} icon={<Icon size={20} stroke={1.8} />}>
        {text}
      </StateMark>
    </button>
  );
}
