import type { BenchReport, BenchRow } from './bench-row.ts';

const BEGIN = '<!-- begin of what tools/bench/write-figures.ts writes -->';
const END = '<!-- end of what tools/bench/write-figures.ts writes -->';

/** Above this share of its processors in use before the run, the machine was not ours alone. */
const QUIET_LOAD_PER_CPU = 0.25;

/** A report as Markdown, between the marks that {@link withSection} looks for. */
export function figuresSection(report: BenchReport): string {
  const { machine, runtime, at, rows } = report;
  const isQuiet = machine.loadBefore <= machine.cpus * QUIET_LOAD_PER_CPU;
  const load = isQuiet
    ? `quiet before the run (load ${machine.loadBefore})`
    : `**loaded by other programs** (load ${machine.loadBefore} on ${machine.cpus} processors): trust the ratios, not the milliseconds`;
  return [
    BEGIN,
    '',
    `Machine: ${machine.cpus} × ${machine.model}, ${machine.memoryGb} GB, ${machine.platform}; ${load}.`,
    `Runtime: ${runtime}. Measured ${at}.`,
    '',
    '| what | p50 | p99 | beside (p50) | ratio | target | |',
    '|---|--:|--:|---|--:|---|---|',
    ...rows.map(line),
    '',
    END,
  ].join('\n');
}

/** The document with its marked section replaced. @throws Error without the marks. */
export function withSection(document: string, section: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('the marks of the generated section are not there');
  return document.slice(0, begin) + section + document.slice(end + END.length);
}

function line(row: BenchRow): string {
  const beside = row.anchor === null ? '' : `${row.anchor}: ${figure(row.anchorP50, row.unit)}`;
  const verdict = row.holds ? 'holds' : '**missed**';
  const cells = [
    row.what,
    figure(row.p50, row.unit),
    figure(row.p99, row.unit),
    beside,
    row.ratio === null ? '' : `${row.ratio} ×`,
    `${row.target} (${row.kind})`,
    verdict,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function figure(value: number | null, unit: BenchRow['unit']): string {
  if (value === null) return '';
  return unit === 'ratio' || unit === 'count' ? String(value) : `${value} ${unit}`;
}
