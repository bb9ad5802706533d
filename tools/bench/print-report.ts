import type { BenchReport, BenchRow } from './bench-row.ts';

/** The report as a table for a terminal. */
export function reportTable(name: string, report: BenchReport): string {
  const cells = report.rows.map((row) => [
    row.what,
    figure(row.p50, row.unit),
    figure(row.p99, row.unit),
    row.anchor === null ? '' : `${row.anchor}: ${figure(row.anchorP50, row.unit)}`,
    row.ratio === null ? '' : `${row.ratio} ×`,
    `${row.target} (${row.kind})`,
    verdict(row),
  ]);
  const head = ['what', 'p50', 'p99', 'anchor (p50)', 'ratio', 'target', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const { machine, runtime } = report;
  return [
    `${name}: ${machine.cpus} × ${machine.model}, ${machine.memoryGb} GB, ${runtime}`,
    line(head),
    line(widths.map((width) => '─'.repeat(width))),
    ...cells.map(line),
  ].join('\n');
}

function figure(value: number | null, unit: BenchRow['unit']): string {
  if (value === null) return '';
  return unit === 'ratio' || unit === 'count' ? String(value) : `${value} ${unit}`;
}

function verdict(row: BenchRow): string {
  if (row.holds) return 'holds';
  return row.kind === 'gate' ? 'MISSED' : 'missed';
}
