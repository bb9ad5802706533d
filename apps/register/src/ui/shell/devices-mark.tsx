import type { DeviceView } from '@evertill/register';
import { StateMark, type Tone } from '@evertill/ui';
import { IconBarcode, IconCashRegister, IconPlugConnected, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { ariaKeys } from '../keys/key-map.ts';
import { useWords } from '../words/words-context.tsx';
import { useTask } from './task-context.tsx';
import styles from './top-bar.module.css';

export const deviceIcons: Record<DeviceView['kind'], typeof IconPrinter> = {
  printer: IconPrinter,
  scanner: IconBarcode,
  drawer: IconCashRegister,
};

export const deviceTones: Record<DeviceView['state'], Tone> = {
  ready: 'good',
  busy: 'good',
  connecting: 'quiet',
  absent: 'quiet',
  offline: 'warning',
  'paper-out': 'warning',
  'cover-open': 'warning',
  error: 'danger',
};

/** The first device that needs somebody, or that all are well. */
export function DevicesMark(): ReactNode {
  const words = useWords();
  const devices = useSnapshot('devices')?.devices;
  const { dispatch } = useTask();
  if (!devices) return null;
  const inNeed = devices.filter(
    (device) => deviceTones[device.state] === 'warning' || deviceTones[device.state] === 'danger',
  );
  const first = inNeed[0];
  const Icon = first ? deviceIcons[first.kind] : IconPlugConnected;
  const sentence = first
    ? words.devices.summary(words.devices.kinds[first.kind], words.devices.states[first.state])
    : words.devices.allReady;
  return (
    <button
      type="button"
      className={styles.state}
      data-testid="devices"
      aria-keyshortcuts={ariaKeys('devices')}
      onClick={() => dispatch({ kind: 'go', task: 'devices' })}
    >
      <StateMark
        tone={first ? deviceTones[first.state] : 'good'}
        icon={<Icon size={20} stroke={1.8} />}
        boxed={first !== undefined}
      >
        {inNeed.length > 1 ? `${sentence} ${words.devices.andMore(inNeed.length - 1)}` : sentence}
      </StateMark>
    </button>
  );
}
