import type { ImportProgress } from './import-catalog.ts';

/** Where progress is shown: a terminal is overwritten in place, anything else gets a line now and then. */
export type ProgressOutput = { isTTY?: boolean | undefined; write(text: string): unknown };

export type ProgressLine = { show(progress: ImportProgress): void; clear(): void };

const BAR_CELLS = 24;
const TERMINAL_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;

/** Shows how far an import is. `nowMs` is any monotonic clock in milliseconds. */
export function createProgressLine(output: ProgressOutput, nowMs: () => number): ProgressLine {
  const everyMs = output.isTTY ? TERMINAL_EVERY_MS : LINE_EVERY_MS;
  let shownAtMs = output.isTTY ? -everyMs : nowMs();
  let isShown = false;
  return {
    show(progress) {
      if (nowMs() - shownAtMs < everyMs) return;
      shownAtMs = nowMs();
      isShown = true;
      output.write(output.isTTY ? `\r\u001b[K${bar(progress)}  ${describe(progress)}` : `${describe(progress)}\n`);
    },
    clear() {
      if (isShown && output.isTTY) output.write('\r\u001b[K');
      isShown = false;
    },
  };
}

function bar({ bytesRead, bytes }: ImportProgress): string {
  const filled = bytes === 0 ? 0 : Math.round((bytesRead / bytes) * BAR_CELLS);
  return `[${'█'.repeat(filled)}${'·'.repeat(BAR_CELLS - filled)}]`;
}

function describe({ step, bytesRead, bytes, rows }: ImportProgress): string {
  if (step === 'catalog') return 'Opening the catalog';
  if (step === 'publish') return 'Publishing';
  const percent = bytes === 0 ? 100 : Math.floor((bytesRead / bytes) * 100);
  return `${percent} %  ${megabytes(bytesRead)} of ${megabytes(bytes)} MB  ${rows.toLocaleString('en')} rows`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
