import { StateMark } from '@evertill/ui';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { printerFaults, type PrinterFault } from '../../contract/bench.ts';
import { useWords } from '../words/words-context.tsx';
import { useBenchSend } from './bench-context.tsx';
import bench from './bench-window.module.css';
import styles from './printer-card.module.css';

export function ConnectedMark(props: { connected: boolean }): ReactNode {
  const words = useWords().bench;
  const Icon = props.connected ? IconPlugConnected : IconPlugConnectedX;
  return (
    <StateMark tone={props.connected ? 'good' : 'warning'} icon={<Icon size={18} stroke={1.8} />}>
      {props.connected ? words.connected : words.disconnected}
    </StateMark>
  );
}

/** What is wrong with the printer is chosen here; the register must cope. */
export function PrinterCard(props: { fault: PrinterFault; connected: boolean }): ReactNode {
  const words = useWords().bench;
  const send = useBenchSend();
  return (
    <section className={bench.card}>
      <header className={bench.cardHead}>
        <h2 className={bench.cardTitle}>{words.printer}</h2>
        <ConnectedMark connected={props.connected} />
      </header>
      <div role="radiogroup" aria-label={words.printerFault} className={styles.faults}>
        {printerFaults.map((fault) => (
          <label key={fault} className={styles.fault} data-chosen={fault === props.fault} data-kind={fault}>
            <input
              type="radio"
              name="printer-fault"
              className={styles.radio}
              checked={fault === props.fault}
              onChange={() => send({ method: 'printerFault', fault })}
            />
            {words.faults[fault]}
          </label>
        ))}
      </div>
    </section>
  );
}
