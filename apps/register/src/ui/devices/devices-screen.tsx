import type { CatalogView, DevicesView, RegisterView, SafetyView } from '@evertill/register';
import { StateMark } from '@evertill/ui';
import type { ReactNode } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { useFormats } from '../formats/formats-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { deviceIcons, deviceTones } from '../shell/devices-mark.tsx';
import { useTask } from '../shell/task-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './devices-screen.module.css';
import { PrintJobs } from './print-jobs.tsx';
import { ServerCard } from './server-card.tsx';

/** Each device in words and what to do about it, waiting print jobs, and where the sales are safe. */
export function DevicesScreen(props: { register: RegisterView }): ReactNode {
  const words = useWords();
  const devices = useSnapshot('devices');
  const safety = useSnapshot('safety');
  const server = useSnapshot('server');
  const catalog = useSnapshot('catalog');
  const { dispatch } = useTask();
  const back = (): void => dispatch({ kind: 'go', task: 'sell' });
  useKeys('screen', { back, devices: back });
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>{words.devices.title}</h1>
        <ActionButton action="back" onPress={back}>
          {words.common.back}
        </ActionButton>
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          {devices && <DeviceList devices={devices.devices} />}
          {devices && <PrintJobs jobs={devices.jobs} />}
        </div>
        <div className={styles.column}>
          {safety && <Safety safety={safety} />}
          {server && <ServerCard server={server} />}
          {catalog && <Catalog catalog={catalog} />}
          <p className={styles.version}>{words.devices.version(props.register.version)}</p>
        </div>
      </div>
    </main>
  );
}

function DeviceList(props: { devices: DevicesView['devices'] }): ReactNode {
  const words = useWords();
  const formats = useFormats();
  return (
    <section className={styles.card}>
      <h2 className={styles.cardTitle}>{words.devices.devices}</h2>
      <ul>
        {props.devices.map((device) => {
          const Icon = deviceIcons[device.kind];
          return (
            <li key={`${device.kind}-${device.name}`} className={styles.device}>
              <Icon size={28} stroke={1.5} aria-hidden className={styles.deviceIcon} />
              <div className={styles.deviceWords}>
                <p className={styles.deviceName}>
                  {words.devices.kinds[device.kind]} <span className={styles.quiet}>{device.name}</span>
                </p>
                {words.devices.advice[device.state] && (
                  <p className={styles.quiet}>{words.devices.advice[device.state]}</p>
                )}
              </div>
              <div className={styles.deviceState}>
                <StateMark tone={deviceTones[device.state]} boxed icon={null}>
                  {words.devices.states[device.state]}
                </StateMark>
                <span className={styles.quiet}>{words.common.since(formats.time(device.since))}</span>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Safety(props: { safety: SafetyView }): ReactNode {
  const { safety } = props;
  const words = useWords().devices;
  const formats = useFormats();
  const copyAt = safety.secondCopy.at;
  return (
    <section className={styles.card}>
      <h2 className={styles.cardTitle}>{words.safety}</h2>
      <dl className={styles.facts}>
        <dt>{words.onThisDisk}</dt>
        <dd>{words.records(formats.count(safety.recordsOnDisk))}</dd>
        <dt>{words.secondCopy}</dt>
        <dd>
          {copyAt === null
            ? words.secondCopyNone
            : safety.secondCopy.ok
              ? words.secondCopyOk(formats.moment(copyAt))
              : words.secondCopyFailed}
        </dd>
        <dt>{words.head}</dt>
        <dd className={styles.hash} dir="ltr" data-selectable>
          {safety.headSeq} · {safety.headHash.slice(0, 16)}
        </dd>
      </dl>
    </section>
  );
}

function Catalog(props: { catalog: CatalogView }): ReactNode {
  const { catalog } = props;
  const words = useWords().devices;
  const formats = useFormats();
  return (
    <section className={styles.card}>
      <h2 className={styles.cardTitle}>{words.catalog}</h2>
      <p>{catalog.itemCount === 0 ? words.catalogNone : words.catalogItems(formats.count(catalog.itemCount))}</p>
      {catalog.version && catalog.publishedAt && (
        <p className={styles.quiet}>
          {words.catalogVersion(catalog.version.slice(0, 16), formats.moment(catalog.publishedAt))}
        </p>
      )}
      {catalog.importing && (
        <p>{words.importing(formats.count(catalog.importing.done), formats.count(catalog.importing.total))}</p>
      )}
    </section>
  );
}
