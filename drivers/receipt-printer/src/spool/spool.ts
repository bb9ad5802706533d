import {
  cutsIn,
  marksPaper,
  type CancelTimer,
  type DriverClock,
  type PrinterState,
  type ReceiptPrinter,
  type SpoolJob,
  type SpoolStore,
} from '@evertill/driver-contract';
import { cutsOfJob } from '../encoder/encode-document.ts';

/** What became of a job; for the screen and the journal. */
export type SpoolEvent =
  | { kind: 'printing'; jobId: string }
  | { kind: 'printed'; jobId: string; confirmedBy: 'printer' | 'cut-counter' | 'none'; unprintable: string[] }
  /** It prints once more with the mark on top; the journal records a reprint. */
  | { kind: 'requeued'; jobId: string; reason: string }
  /** It prints no more by itself; a person decides. */
  | { kind: 'interrupted'; jobId: string; reason: string };

export type SpoolLimits = {
  /** After a fault, and while a question to the printer stays unanswered. */
  retryEveryMs: number;
  /** A job that was begun so often and never came out is left to a person, so that the others get their turn (I19). */
  attemptsMax: number;
};

export const SPOOL_LIMITS: SpoolLimits = { retryEveryMs: 1_000, attemptsMax: 5 };

export type SpoolOptions = {
  store: SpoolStore;
  printer: ReceiptPrinter;
  clock: DriverClock;
  /** Must not throw. */
  onEvent?: (event: SpoolEvent) => void;
  /** Told when the store fails; the spool tries again. */
  onFault?: (error: unknown) => void;
  limits?: Partial<SpoolLimits>;
};

export type Spool = {
  /** Looks again now: for a change in the store that added nothing (a job taken up again by a person). */
  nudge(): void;
  /**
   * Stops. A job that is printing stays `printing` and is resolved at the next start; while the paper is out that wait ends only
   * with the printer: dispose both together.
   */
  dispose(): Promise<void>;
};

const TAKES_JOBS: ReadonlySet<PrinterState> = new Set(['ready', 'paper-low']);

/**
 * Prints the jobs of a store, one after another, each once. The one rule: a job is `printing` in the store before its first byte
 * goes out, and leaves that state only by the printer's word (confirmed, or counted by its knife).
 */
export function startSpool(options: SpoolOptions): Spool {
  const { store, printer, clock } = options;
  const limits = { ...SPOOL_LIMITS, ...options.limits };
  const emit = options.onEvent ?? (() => {});
  let stopped = false;
  let wake: () => void = () => {};
  let nudged = false;

  const nudge = () => {
    nudged = true;
    wake();
  };
  const stops = [store.onAdded(nudge), printer.onState(nudge)];

  /** Until something changed, or for a while where trying again may help. */
  async function rest(retry: boolean): Promise<void> {
    if (nudged || stopped) return;
    let cancel: CancelTimer = () => {};
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (retry) cancel = clock.after(limits.retryEveryMs, resolve);
    });
    cancel();
  }

  async function run(): Promise<void> {
    while (!stopped) {
      nudged = false;
      let next: 'go on' | 'rest' | 'retry';
      try {
        next = await turn();
      } catch (error) {
        options.onFault?.(error);
        next = 'retry';
      }
      if (next !== 'go on') await rest(next === 'retry');
    }
  }

  async function turn(): Promise<'go on' | 'rest' | 'retry'> {
    const unresolved = store.inFlight();
    if (unresolved !== null) return resolve(unresolved);
    const job = store.nextWaiting();
    if (job === null || !TAKES_JOBS.has(printer.state)) return 'rest';
    const before = await printer.cutCount();
    if (stopped || !before.ok) return 'retry';
    // What changed while the printer was asked: the job may have been discarded, the paper may have run out.
    if (store.get(job.jobId)?.state !== 'waiting' || !TAKES_JOBS.has(printer.state)) return 'go on';
    store.markPrinting(job.jobId, { cutCountBefore: before.cuts });
    emit({ kind: 'printing', jobId: job.jobId });
    return print(job);
  }

  async function print(job: SpoolJob): Promise<'go on' | 'retry'> {
    const { jobId, document, interruptedBefore } = job;
    const outcome = await printer.print({ jobId, document, interruptedBefore, openDrawer: !interruptedBefore });
    if (outcome.ok) {
      store.markPrinted(jobId);
      emit({ kind: 'printed', jobId, confirmedBy: outcome.confirmedBy, unprintable: outcome.unprintable });
    } else if (outcome.error.code === 'document-invalid') {
      leaveToPerson(jobId, `the document cannot be printed: ${outcome.error.reason}`);
    }
    // Otherwise it stays `printing`: what is on paper is asked of the printer, not guessed.
    return 'go on';
  }

  /** Finds out what became of a job that was being printed when the process, the printer or the line died. */
  async function resolve(job: SpoolJob): Promise<'go on' | 'retry' | 'rest'> {
    if (job.cutCountBefore === null || cutsIn(job.document) === 0)
      return again(job, 'the printer cannot say what it printed');
    if (!TAKES_JOBS.has(printer.state)) return 'rest';
    const now = await printer.cutCount();
    if (stopped || !now.ok) return 'retry';
    if (now.cuts !== null && now.cuts >= job.cutCountBefore + cutsOfJob(job)) {
      store.markPrinted(job.jobId);
      emit({ kind: 'printed', jobId: job.jobId, confirmedBy: 'cut-counter', unprintable: [] });
      return 'go on';
    }
    return again(job, now.cuts === null ? 'the printer cannot say what it printed' : 'the printer did not finish it');
  }

  function again(job: SpoolJob, reason: string): 'go on' {
    if (!marksPaper(job.document)) leaveToPerson(job.jobId, 'whether the drawer opened is unknown');
    else if (job.attempts >= limits.attemptsMax)
      leaveToPerson(job.jobId, `begun ${job.attempts} times, never finished`);
    else {
      store.requeueAsDuplicate(job.jobId, reason);
      emit({ kind: 'requeued', jobId: job.jobId, reason });
    }
    return 'go on';
  }

  function leaveToPerson(jobId: string, reason: string): void {
    store.markInterrupted(jobId, reason);
    emit({ kind: 'interrupted', jobId, reason });
  }

  const running = run();
  return {
    nudge,
    async dispose() {
      stopped = true;
      for (const stop of stops) stop();
      wake();
      await running;
    },
  };
}
