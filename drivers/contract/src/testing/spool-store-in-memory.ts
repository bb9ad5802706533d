import type { SpoolJob, SpoolJobState, SpoolStore } from '../spool-store.ts';

/** The oracle that a durable store is compared with, and what spool tests run on. */
export type SpoolStoreInMemory = SpoolStore & {
  add(job: Pick<SpoolJob, 'jobId' | 'kind' | 'document' | 'createdAtMs'>): void;
  all(): SpoolJob[];
  /** Why a job was interrupted or re-queued, oldest first. */
  reasons(jobId: string): string[];
};

/** Jobs given out are copies: what a caller does to them changes nothing here. */
export function spoolStoreInMemory(): SpoolStoreInMemory {
  const jobs = new Map<string, SpoolJob>();
  const reasons = new Map<string, string[]>();
  const listeners = new Set<() => void>();

  function first(state: SpoolJobState): SpoolJob | null {
    for (const job of jobs.values()) if (job.state === state) return copy(job);
    return null;
  }

  function inState(jobId: string, ...expected: SpoolJobState[]): SpoolJob {
    const job = jobs.get(jobId);
    if (job === undefined) throw new Error(`no spool job ${jobId}`);
    if (!expected.includes(job.state))
      throw new Error(`spool job ${jobId} is ${job.state}, not ${expected.join(' or ')}`);
    return job;
  }

  function note(jobId: string, reason: string): void {
    reasons.set(jobId, [...(reasons.get(jobId) ?? []), reason]);
  }

  return {
    add(job) {
      if (jobs.has(job.jobId)) throw new Error(`spool job ${job.jobId} is there already`);
      jobs.set(job.jobId, {
        ...copy(job),
        state: 'waiting',
        attempts: 0,
        cutCountBefore: null,
        interruptedBefore: false,
      });
      for (const listener of listeners) listener();
    },
    all: () => [...jobs.values()].map(copy),
    reasons: (jobId) => reasons.get(jobId) ?? [],
    nextWaiting: () => first('waiting'),
    inFlight: () => first('printing'),
    get(jobId) {
      const job = jobs.get(jobId);
      return job === undefined ? null : copy(job);
    },
    markPrinting(jobId, { cutCountBefore }) {
      const job = inState(jobId, 'waiting');
      if (first('printing') !== null) throw new Error('another spool job is printing');
      Object.assign(job, { state: 'printing', attempts: job.attempts + 1, cutCountBefore });
    },
    markPrinted(jobId) {
      inState(jobId, 'printing').state = 'printed';
    },
    markInterrupted(jobId, reason) {
      inState(jobId, 'printing').state = 'interrupted';
      note(jobId, reason);
    },
    requeueAsDuplicate(jobId, reason) {
      Object.assign(inState(jobId, 'printing', 'interrupted'), { state: 'waiting', interruptedBefore: true });
      note(jobId, reason);
    },
    onAdded(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
  };
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
