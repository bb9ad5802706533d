import { useAnnounce } from '@evertill/ui';
import { useState, type ReactNode } from 'react';
import type { BenchState } from '../../contract/bench.ts';
import { CODE_LENGTH_MAX } from '../../contract/limits.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { useWords } from '../words/words-context.tsx';
import { useBenchSend } from './bench-context.tsx';
import bench from './bench-window.module.css';
import { CodeBars } from './code-bars.tsx';
import { ConnectedMark } from './printer-card.tsx';
import styles from './scanner-tray.module.css';

/** Things on the counter to scan, and a field for any other code. A scan goes through the virtual scanner, byte by byte. */
export function ScannerTray(props: { tray: BenchState['tray']; connected: boolean }): ReactNode {
  const words = useWords().bench;
  const send = useBenchSend();
  const announce = useAnnounce();
  const [code, setCode] = useState('');
  const scan = (scanned: string): void => {
    if (scanned === '') return;
    send({ method: 'scan', code: scanned });
    announce(words.scanned(scanned));
  };
  return (
    <section className={`${bench.card ?? ''} ${styles.scanner ?? ''}`}>
      <header className={bench.cardHead}>
        <h2 className={bench.cardTitle}>{words.scanner}</h2>
        <ConnectedMark connected={props.connected} />
      </header>
      <form
        className={styles.any}
        onSubmit={(event) => {
          event.preventDefault();
          scan(code.trim());
        }}
      >
        <input
          className={`${styles.field ?? ''} ev-figures`}
          dir="ltr"
          aria-label={words.scanCode}
          placeholder={words.scanCode}
          autoComplete="off"
          spellCheck={false}
          maxLength={CODE_LENGTH_MAX}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ActionButton submit kind="primary" disabled={code.trim() === ''}>
          {words.scan}
        </ActionButton>
      </form>
      <p className={styles.hint}>{props.tray.length === 0 ? words.trayEmpty : words.trayHint}</p>
      <ul className={styles.tray} aria-label={words.tray} tabIndex={-1}>
        {props.tray.map((item) => (
          <li key={item.code}>
            <button type="button" className={styles.label} onClick={() => scan(item.code)}>
              <span className={styles.name}>{item.label}</span>
              <CodeBars code={item.code} />
              <span className={`${styles.code ?? ''} ev-figures`} dir="ltr">
                {item.code}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
