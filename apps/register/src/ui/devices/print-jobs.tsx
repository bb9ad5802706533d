import type { PrintJobView } from '@evertill/register';
import type { ReactNode } from 'react';
import { ActionButton } from '../shell/action-button.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './devices-screen.module.css';

/** Jobs that are not on paper yet. Only a person can say what became of one that stopped in the middle. */
export function PrintJobs(props: { jobs: PrintJobView[] }): ReactNode {
  const words = useWords().devices;
  const { run, busy } = useCommand();
  const jobs = props.jobs.filter((job) => job.state !== 'printed' && job.state !== 'discarded');
  const resolve = (jobId: string, action: 'print-again' | 'discard'): void =>
    void run('resolvePrintJob', { jobId, action });
  return (
    <section className={styles.card}>
      <h2 className={styles.cardTitle}>{words.jobs}</h2>
      {jobs.length === 0 && <p className={styles.quiet}>{words.noJobs}</p>}
      <ul>
        {jobs.map((job) => (
          <li key={job.jobId} className={styles.device}>
            <div className={styles.deviceWords}>
              <p className={styles.deviceName}>{job.label}</p>
              <p className={styles.quiet}>{words.jobStates[job.state]}</p>
            </div>
            {job.state === 'interrupted' && (
              <div className={styles.jobActions}>
                <ActionButton
                  disabled={busy}
                  label={words.discardOf(job.label)}
                  onPress={() => resolve(job.jobId, 'discard')}
                >
                  {words.discard}
                </ActionButton>
                <ActionButton
                  kind="primary"
                  disabled={busy}
                  label={words.printAgainOf(job.label)}
                  onPress={() => resolve(job.jobId, 'print-again')}
                >
                  {words.printAgain}
                </ActionButton>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
