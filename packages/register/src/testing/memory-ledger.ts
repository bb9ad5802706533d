import { createHash } from 'node:crypto';
import {
  type Fact,
  HEADER_VERSION,
  NO_PREVIOUS_HASH,
  readRecord,
  type RecordHeader,
  recordTypes,
  writeRecord,
} from '@evertill/records';
import type {
  AppendContext,
  CommittedRecord,
  JournalRecord,
  KnownPrintJob,
  LedgerChanges,
  NewPrintJob,
  RecordPlace,
  RegisterLedger,
  OverlayRow,
  StoredDraft,
} from '../needs.ts';

/** What a disk would hold: plain JSON, replaced as a whole by each commit. */
export type Disk = {
  records: { place: RecordPlace; type: string; at: string; text: string; hash: string }[];
  drafts: Record<string, StoredDraft>;
  overlay: OverlayRow[];
  jobs: Record<string, NewPrintJob & KnownPrintJob>;
  settings: Record<string, unknown>;
};

export const emptyDisk = (): Disk => ({ records: [], drafts: {}, overlay: [], jobs: {}, settings: {} });

/** Called around each commit with what the disk holds then; throwing makes the commit fail (before) or be in doubt (after). */
export type CommitHook = (moment: 'before' | 'after', disk: Disk) => void;

export class LedgerFailure extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A ledger of one epoch in memory. It keeps the promises that the use cases rest on: all or nothing, unique jobs, gapless numbers. */
export class MemoryLedger implements RegisterLedger {
  disk: Disk;
  readonly opened = { regainedRecords: 0 };
  commits = 0;
  copyOk = true;
  hook: CommitHook = () => undefined;
  readonly #identity: { tenant: string; store: string; register: string };
  readonly #clock: { nowMs(): number; tzOffsetMin(): number };

  constructor(
    disk: Disk,
    needs: {
      identity: { tenant: string; store: string; register: string };
      clock: { nowMs(): number; tzOffsetMin(): number };
    },
  ) {
    this.disk = disk;
    this.#identity = needs.identity;
    this.#clock = needs.clock;
  }

  head(): RecordPlace & { hash: string } {
    const last = this.disk.records.at(-1);
    return last ? { ...last.place, hash: last.hash } : { epoch: 1, seq: 0, hash: NO_PREVIOUS_HASH };
  }

  counts(): { records: number; sales: number } {
    const sales = this.disk.records.filter((record) => record.type === 'TransactionCompleted').length;
    return { records: this.disk.records.length, sales };
  }

  append(
    facts: readonly Fact[],
    context: AppendContext,
    changes?: (changes: LedgerChanges) => void,
  ): readonly CommittedRecord[] {
    const records: CommittedRecord[] = [];
    this.#commit((disk) => {
      for (const fact of facts) records.push({ header: this.#append(disk, fact, context) });
      changes?.(changesOf(disk, records));
    });
    return records;
  }

  write(changes: (changes: LedgerChanges) => void): void {
    this.#commit((disk) => changes(changesOf(disk, [])));
  }

  *records({ type, epoch, fromSeq = 0 }: Parameters<RegisterLedger['records']>[0]): Iterable<JournalRecord> {
    const types: readonly string[] | null = type === undefined ? null : typeof type === 'string' ? [type] : type;
    for (const record of this.disk.records) {
      if (types && !types.includes(record.type)) continue;
      if (record.place.seq < fromSeq || (epoch !== undefined && record.place.epoch !== epoch)) continue;
      yield found(record);
    }
  }

  lastOf(type: string): JournalRecord | null {
    const last = [...this.disk.records].reverse().find((record) => record.type === type);
    return last ? found(last) : null;
  }

  drafts(): readonly StoredDraft[] {
    return Object.values(this.disk.drafts);
  }

  nextReceiptNumber(): number {
    return nextReceiptNumber(this.disk);
  }

  nextZNumber(): number {
    return this.disk.records.filter((record) => record.type === 'ZReportIssued').length + 1;
  }

  grandTotalMinor(): number {
    const z = this.lastOf('ZReportIssued')?.read();
    return z?.known && z.type === 'ZReportIssued' ? z.payload.grandTotalMinor : 0;
  }

  setting(key: string): unknown {
    return this.disk.settings[key];
  }

  readonly spool: RegisterLedger['spool'] = {
    get: (jobId) => this.disk.jobs[jobId] ?? null,
    unfinished: () =>
      Object.values(this.disk.jobs).filter((job) => job.state !== 'printed' && job.state !== 'discarded'),
  };

  trail(): ReturnType<RegisterLedger['trail']> {
    return { copy: { ok: this.copyOk, completeAtMs: null } };
  }

  /** What the spool would do with a job. */
  setJobState(jobId: string, state: KnownPrintJob['state']): KnownPrintJob {
    const job = this.disk.jobs[jobId];
    if (!job) throw new Error(`no job ${jobId}`);
    const { kind } = job;
    this.disk = { ...this.disk, jobs: { ...this.disk.jobs, [jobId]: { ...job, state } } };
    return { jobId, kind, state };
  }

  #commit(change: (disk: Disk) => void): void {
    this.hook('before', structuredClone(this.disk));
    const next = structuredClone(this.disk);
    change(next);
    this.disk = next;
    this.commits += 1;
    this.hook('after', structuredClone(this.disk));
  }

  #append(disk: Disk, fact: Fact, context: AppendContext): RecordHeader {
    if ('receiptNumber' in fact.payload && fact.type !== 'ReceiptReprinted') {
      if (fact.payload.receiptNumber !== nextReceiptNumber(disk)) throw new LedgerFailure('number-out-of-order');
    }
    const last = disk.records.at(-1);
    const place = { epoch: 1, seq: (last?.place.seq ?? 0) + 1 };
    const header = {
      v: HEADER_VERSION,
      type: fact.type,
      typeV: recordTypes[fact.type].typeV,
      ...this.#identity,
      ...place,
      prevHash: last?.hash ?? NO_PREVIOUS_HASH,
      at: new Date(this.#clock.nowMs()).toISOString(),
      tzOffsetMin: this.#clock.tzOffsetMin(),
      ...context,
    } as RecordHeader & { type: typeof fact.type };
    const text = writeRecord(header, fact.payload);
    const hash = createHash('sha256').update(text).digest('hex');
    disk.records.push({ place, type: fact.type, at: header.at, text, hash });
    return header;
  }
}

function nextReceiptNumber(disk: Disk): number {
  const numbered = disk.records.filter(
    (one) => one.type === 'TransactionCompleted' || one.type === 'TransactionVoided',
  );
  return numbered.length + 1;
}

function found({ place, type, at, text }: Disk['records'][number]): JournalRecord {
  return { ...place, type, at, read: () => readRecord(text) };
}

function changesOf(disk: Disk, records: readonly CommittedRecord[]): LedgerChanges {
  const setState = (jobId: string, state: KnownPrintJob['state']): void => {
    const job = disk.jobs[jobId];
    if (job?.state !== 'interrupted') throw new LedgerFailure('job-state');
    job.state = state;
  };
  return {
    records,
    putDraft: (draft) => {
      disk.drafts[draft.transactionId] = { ...draft };
    },
    removeDraft: (transactionId) => {
      delete disk.drafts[transactionId];
    },
    addOverlay: (row) => {
      disk.overlay.push({ ...row });
    },
    addPrintJob: (job) => {
      if (disk.jobs[job.jobId]) throw new LedgerFailure('constraint');
      disk.jobs[job.jobId] = { ...job, state: 'waiting' };
    },
    requeuePrintJob: (jobId) => setState(jobId, 'waiting'),
    discardPrintJob: (jobId) => setState(jobId, 'discarded'),
    putSetting: (key, value) => {
      disk.settings[key] = JSON.parse(JSON.stringify(value)) as unknown;
    },
  };
}
