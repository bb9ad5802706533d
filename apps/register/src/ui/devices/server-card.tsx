import type { ParkedView, ServerView } from '@evertill/register';
import { StateMark, type Tone } from '@evertill/ui';
import { IconServer } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './devices-screen.module.css';

type Joined = Exclude<ServerView, { state: 'none' }>;

const tones: Record<Joined['state'], Tone> = {
  connecting: 'quiet',
  online: 'good',
  offline: 'quiet',
  'captive-portal': 'warning',
  'server-trouble': 'quiet',
  'not-joined': 'warning',
};

/** What the server has of this register, how that is known, and what a person must settle. */
export function ServerCard(props: { server: ServerView }): ReactNode {
  const words = useWords().devices;
  const { server } = props;
  return (
    <section className={styles.card}>
      <h2 className={styles.cardTitle}>{words.server}</h2>
      {server.state === 'none' ? <p className={styles.quiet}>{words.noServer}</p> : <JoinedServer server={server} />}
    </section>
  );
}

function JoinedServer(props: { server: Joined }): ReactNode {
  const { server } = props;
  const words = useWords();
  const formats = useFormats();
  const { proof } = server;
  const { run, busy } = useCommand();
  return (
    <>
      <p className={styles.serverState}>
        <StateMark tone={tones[server.state]} icon={<IconServer size={20} stroke={1.7} />}>
          {words.devices.serverStates[server.state]}
        </StateMark>
        <span className={styles.quiet}>{words.common.since(formats.moment(server.since))}</span>
      </p>
      <dl className={styles.facts}>
        <dt>{words.devices.salesAtServer}</dt>
        <dd>{formats.count(server.salesAtServer)}</dd>
        <dt>{words.devices.waitingRecords}</dt>
        <dd>
          {server.waitingRecords === 0
            ? words.devices.allSent
            : words.devices.waiting(
                server.waitingRecords,
                formats.count(server.waitingRecords),
                server.oldestWaitingAt === null ? null : formats.moment(server.oldestWaitingAt),
              )}
        </dd>
        <dt>{words.devices.proof}</dt>
        <dd>
          {proof === null
            ? words.devices.proofNone
            : proof.equal
              ? words.devices.proofEqual
              : words.devices.proofBehind}
          {proof !== null && (
            <span className={styles.hash} dir="ltr" data-selectable>
              {' '}
              {proof.epoch}.{proof.seq} · {proof.hash.slice(0, 16)}
            </span>
          )}
        </dd>
        <dt>{words.devices.fromServer}</dt>
        <dd>
          {server.upToDateAt === null
            ? words.devices.nothingCame
            : words.devices.cameAt(formats.moment(server.upToDateAt))}
        </dd>
      </dl>
      {server.fellBack && <p className={styles.advice}>{words.devices.fellBack}</p>}
      {server.parked.length > 0 && <Parked parked={server.parked} />}
      <ActionButton disabled={busy} onPress={() => void run('askServerAgain', {})}>
        {words.devices.askAgain}
      </ActionButton>
    </>
  );
}

function Parked(props: { parked: readonly ParkedView[] }): ReactNode {
  const words = useWords().devices;
  return (
    <>
      <h3 className={styles.cardTitle}>{words.parked}</h3>
      <ul>
        {props.parked.map(({ what, id, reason }) => (
          <li key={`${what} ${id}`} className={styles.parked}>
            <p>{words.parkedReasons[reason] ?? words.parkedOther}</p>
            <p className={styles.quiet}>
              {words.parkedWhat[what]} <bdi>{id}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
