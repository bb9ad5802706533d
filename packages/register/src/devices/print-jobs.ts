import { receiptLabel } from '@evertill/retail';
import type { KnownPrintJob, PrintJobKind, RegisterLedger } from '../needs.ts';
import { JOBS_SHOWN_MAX, LABEL_RECORDS_MAX } from '../shell/limits.ts';
import type { LastSale, Workplace } from '../shell/workplace.ts';
import type { DeviceView, LastSaleView, PrintJobView } from '../views.ts';

/** The job of a receipt follows from its transaction, so that there is never a second original (I25). */
export function receiptJobId(transactionId: string, copyNumber: number): string {
  return copyNumber === 0 ? `receipt:${transactionId}` : `receipt:${transactionId}:copy-${copyNumber}`;
}

export function zReportJobId(zReport: { epoch: number; zNumber: number }): string {
  return `z-report:${zReport.epoch}-${zReport.zNumber}`;
}

export function copyLabel(label: string, copyNumber: number): string {
  return `${label} (copy ${copyNumber})`;
}

/** Shows a job that a commit has just put into the spool. */
export function jobAdded(workplace: Workplace, job: { jobId: string; kind: PrintJobKind; label: string }): void {
  showJobs(workplace, [...workplace.memory.jobs, { ...job, state: 'waiting' }]);
}

/** The spool tells where a job is; a job that nobody here added (a test print) is shown as well. */
export function jobChanged(workplace: Workplace, job: KnownPrintJob): void {
  const { memory } = workplace;
  const known = memory.jobs.find((one) => one.jobId === job.jobId);
  const label = known?.label ?? job.kind;
  const jobs = known
    ? memory.jobs.map((one) => (one === known ? { ...job, label } : one))
    : [...memory.jobs, { ...job, label }];
  showJobs(workplace, jobs);
  if (job.state === 'interrupted' && known?.state !== 'interrupted')
    workplace.notify('warning', 'print-interrupted', label);
}

export function deviceChanged(workplace: Workplace, device: DeviceView): void {
  const { devices, jobs } = workplace.board.get('devices');
  const before = devices.find((one) => one.kind === device.kind);
  workplace.board.show('devices', {
    devices: before ? devices.map((one) => (one === before ? device : one)) : [...devices, device],
    jobs,
  });
  if (device.kind !== 'printer' || before?.state === device.state) return;
  if (device.state === 'paper-out') workplace.notify('warning', 'printer-paper-out', device.name);
  if (device.state === 'offline') workplace.notify('warning', 'printer-offline', device.name);
}

export function lastSaleView(
  sale: LastSale | null,
  jobs: readonly KnownPrintJob[],
  ledger: RegisterLedger,
): LastSaleView | null {
  if (!sale) return null;
  const jobId = receiptJobId(sale.transactionId, 0);
  const job = jobs.find((one) => one.jobId === jobId) ?? ledger.spool.get(jobId);
  return { ...sale, print: job?.state ?? 'none' };
}

/** Labels of the jobs that wait since before the start, from the newest records. */
export function restoredJobs(ledger: RegisterLedger): (KnownPrintJob & { label: string })[] {
  const jobs = ledger.spool.unfinished().slice(-JOBS_SHOWN_MAX);
  if (jobs.length === 0) return [];
  const labels = newestLabels(ledger);
  return jobs.map((job) => ({ ...job, label: labels.get(job.jobId) ?? job.kind }));
}

function newestLabels(ledger: RegisterLedger): Map<string, string> {
  const labels = new Map<string, string>();
  const { epoch, seq } = ledger.head();
  const types = ['TransactionCompleted', 'ReceiptReprinted', 'ZReportIssued'] as const;
  for (const found of ledger.records({ type: types, epoch, fromSeq: Math.max(1, seq - LABEL_RECORDS_MAX) })) {
    const record = found.read();
    if (!record.known) continue;
    if (record.type === 'TransactionCompleted') {
      const label = receiptLabel({ ...record.header, receiptNumber: record.payload.receiptNumber });
      labels.set(receiptJobId(record.payload.transactionId, 0), label);
    } else if (record.type === 'ReceiptReprinted') {
      const { transactionId, receiptNumber, copyNumber } = record.payload;
      const label = receiptLabel({ ...record.header, receiptNumber });
      labels.set(receiptJobId(transactionId, copyNumber), copyLabel(label, copyNumber));
    } else if (record.type === 'ZReportIssued') {
      labels.set(zReportJobId({ epoch, zNumber: record.payload.zNumber }), `Z ${record.payload.zNumber}`);
    }
  }
  return labels;
}

function showJobs(workplace: Workplace, all: readonly (KnownPrintJob & { label: string })[]): void {
  const { memory, board, needs } = workplace;
  memory.jobs = withoutOldest(all);
  board.show('devices', { devices: board.get('devices').devices, jobs: memory.jobs.map(jobView) });
  const shown = board.get('lastSale');
  const lastSale = lastSaleView(memory.lastSale, memory.jobs, needs.ledger);
  if (lastSale?.transactionId !== shown?.transactionId || lastSale?.print !== shown?.print)
    board.show('lastSale', lastSale);
}

/** Finished jobs leave first, then the oldest. */
function withoutOldest<J extends KnownPrintJob>(jobs: readonly J[]): readonly J[] {
  let surplus = jobs.length - JOBS_SHOWN_MAX;
  if (surplus <= 0) return jobs;
  const unfinished = jobs.filter((job) => {
    const finished = job.state === 'printed' || job.state === 'discarded';
    if (finished && surplus > 0) {
      surplus -= 1;
      return false;
    }
    return true;
  });
  return unfinished.slice(-JOBS_SHOWN_MAX);
}

function jobView({ jobId, kind, label, state }: KnownPrintJob & { label: string }): PrintJobView {
  return { jobId, kind, label, state };
}
