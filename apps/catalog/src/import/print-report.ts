import type { ImportReport } from './import-catalog.ts';
import { REJECTED_PRINTED_MAX } from './limits.ts';
import type { RejectedRow } from './problem.ts';

const WHY: Record<string, string> = {
  image: 'rows of images only',
  style: 'products whose variants are the items',
  draft: 'drafts and archived products',
  'gift-card': 'gift cards',
  'not-sold-singly': 'grouped and external products',
};

/** The report of an import as people read it in a terminal. Ends with a line break. */
export function printReport(report: ImportReport, { dryRun }: { dryRun: boolean }): string {
  const lines = [
    `${titleOf(report)}${dryRun ? ' (dry run: nothing was changed)' : ''}`,
    '',
    ...table([
      ['read', report.read],
      ['created', report.created],
      ['updated', report.updated],
      ['unchanged', report.unchanged],
      ['passed over', report.passedOverCount],
      ['rejected', report.rejectedCount],
    ]),
    ...Object.entries(report.passedOver).map(([why, count]) => `  passed over: ${count} ${WHY[why] ?? why}`),
    ...rejectedLines(report),
    '',
    ...outcomeLines(report, dryRun),
  ];
  return `${lines.join('\n')}\n`;
}

function titleOf({ format, encoding, delimiter }: ImportReport): string {
  const separator = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }[delimiter] ?? delimiter;
  return `${format} file, ${encoding}, separated by ${separator}`;
}

function table(rows: readonly (readonly [name: string, count: number])[]): string[] {
  const figures = rows.map(([, count]) => count.toLocaleString('en'));
  const width = Math.max(...figures.map((figure) => figure.length));
  return rows.map(([name], index) => `  ${name.padEnd(12)} ${(figures[index] ?? '').padStart(width)}`);
}

function rejectedLines({ rejected, rejectedCount }: ImportReport): string[] {
  if (rejectedCount === 0) return [];
  const printed = rejected.slice(0, REJECTED_PRINTED_MAX);
  const rest = rejectedCount - printed.length;
  const more = rest > 0 ? [`  … and ${rest.toLocaleString('en')} more`] : [];
  return ['', 'Rejected:', ...printed.map(rejectedLine), ...more];
}

function rejectedLine({ line, column, reason }: RejectedRow): string {
  return `  line ${line}${column === null ? '' : `, ${column}`}: ${safe(reason)}`;
}

/** Reasons quote the file, and a file can hold what a terminal would obey. */
function safe(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}

function outcomeLines({ published, stock, rejectedFile }: ImportReport, dryRun: boolean): string[] {
  const file = rejectedFile === null ? [] : [`All rejected rows: ${rejectedFile}`];
  if (dryRun) return file;
  if (published === null) return ['Nothing was imported: no row was good.', ...file];
  const { scope, version, unchanged } = published;
  const outcome = unchanged
    ? `The catalog of ${scope} had all of this already (version ${version}).`
    : `Published as version ${version} of ${scope}. Registers take it in when they look next.`;
  return [outcome, ...stockLines(stock), ...file];
}

function stockLines(stock: ImportReport['stock']): string[] {
  if (stock === null) return [];
  const { counted, recorded, problem } = stock;
  const figures = `${recorded.toLocaleString('en')} of ${counted.toLocaleString('en')}`;
  return [`Stock: ${figures} quantities recorded, the others were known.`, ...(problem === null ? [] : [problem])];
}
