import type { BenchReport, BenchRow } from './bench-row.ts';

const begin = (bench: string): string => `<!-- begin of what npm run bench -- figures writes of ${bench} -->`;
const end = (bench: string): string => `<!-- end of what npm run bench -- figures writes of ${bench} -->`;

/** Above this the machine was not ours alone. */
const QUIET_PERCENT_MAX = 5;

/** A benchmark's report as Markdown, between the marks that {@link withSection} looks for. */
export function figuresSection(bench: string, report: BenchReport): string {
  const { machine, runtime, at, rows } = report;
  return [
    begin(bench),
    '',
    `Machine: ${machine.cpus} × ${machine.model}, ${machine.memoryGb} GB, ${machine.platform}. ${company(machine)}`,
    `Runtime: ${runtime}. Measured ${at}.`,
    '',
    ...table(rows.map(cellsOf)),
    '',
    end(bench),
  ].join('\n');
}

/** The document with the benchmark's marked section replaced. @throws Error without the marks. */
export function withSection(document: string, bench: string, section: string): string {
  const from = document.indexOf(begin(bench));
  const to = document.indexOf(end(bench));
  if (from < 0 || to < from) throw new Error(`the marks of the generated section of ${bench} are not there`);
  return document.slice(0, from) + section + document.slice(to + end(bench).length);
}

function company({ othersPercent, niceness }: BenchReport['machine']): string {
  const place = niceness === 0 ? '' : ` The run had niceness ${niceness}.`;
  if (othersPercent === null) return `Whether other programs were running is not known.${place}`;
  if (othersPercent <= QUIET_PERCENT_MAX) return `Nothing else was running.${place}`;
  return `**Other programs took ${othersPercent} % of its processors during the run**: trust the ratios, not the milliseconds.${place}`;
}

const COLUMNS = [
  { title: 'what', right: false },
  { title: 'p50', right: true },
  { title: 'p99', right: true },
  { title: 'beside (p50)', right: false },
  { title: 'ratio', right: true },
  { title: 'target', right: false },
  { title: '', right: false },
] as const;

function cellsOf(row: BenchRow): string[] {
  const cells = [
    row.what,
    figure(row.p50, row.unit),
    figure(row.p99, row.unit),
    row.anchor === null ? '' : `${row.anchor}: ${figure(row.anchorP50, row.unit)}`,
    row.ratio === null ? '' : `${row.ratio} ×`,
    `${row.target} (${row.kind})`,
    row.holds ? 'holds' : '**missed**',
  ];
  return cells.map((cell) => cell.replaceAll('|', '\\|'));
}

/** Padded as the formatter pads, so that it has nothing to change. */
function table(rows: readonly string[][]): string[] {
  const columns = COLUMNS.map(({ title, right }, at) => {
    const width = Math.max(3, title.length, ...rows.map((row) => row[at]?.length ?? 0));
    return { title, rule: right ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width), pad: padding(width, right) };
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title, pad }) => pad(title))),
    line(columns.map(({ rule }) => rule)),
    ...rows.map((row) => line(columns.map(({ pad }, at) => pad(row[at] ?? '')))),
  ];
}

const padding =
  (width: number, right: boolean) =>
  (text: string): string =>
    right ? text.padStart(width) : text.padEnd(width);

function figure(value: number | null, unit: BenchRow['unit']): string {
  if (value === null) return '';
  return unit === 'ratio' || unit === 'count' ? String(value) : `${value} ${unit}`;
}
