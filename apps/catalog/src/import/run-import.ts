import { parseArgs } from 'node:util';
import { CatalogBusy } from '../publish/catalog-lock.ts';
import type { RandomBytes } from '../seed/set-up-shop.ts';
import { formatNames } from './formats/recognise-format.ts';
import type { FormatName } from './formats/product-format.ts';
import { importCatalog } from './import-catalog.ts';
import type { ImportOptions, ImportResult } from './import-catalog.ts';
import { printReport } from './print-report.ts';
import { createProgressLine } from './progress-line.ts';
import type { ProgressOutput } from './progress-line.ts';

/** What the command needs of the world. */
export type CommandWorld = {
  out: { write(text: string): unknown };
  err: ProgressOutput;
  nowMs(): number;
  random: RandomBytes;
  /** Where the shop is unless `--data` says otherwise. */
  defaultDataFolder: string | undefined;
};

/** Exit codes, documented in docs/csv-format.md. */
export const ALL_IN = 0;
export const NOTHING_DONE = 1;
export const SOME_REJECTED = 2;

const USAGE = `Usage: npm run import -- FILE [--dry-run] [--json] [--data DIR] [--format ${formatNames.join('|')}]

Imports a product file: a Shopify or WooCommerce product export, or Evertill's own CSV.
  --dry-run   read and compare everything, change nothing
  --json      print the result as JSON
  --data DIR  the shop's data folder
  --format    instead of finding out from the columns

Exit code: 0 all rows are in, 2 some were rejected, 1 nothing was done.
`;

type Arguments = { file: string; dryRun: boolean; json: boolean; data: string; format?: FormatName };

/** `npm run import`: returns the exit code. */
export async function runImport(argv: readonly string[], world: CommandWorld): Promise<number> {
  const args = readArguments(argv, world.defaultDataFolder);
  if ('problem' in args) {
    world.err.write(`${args.problem}\n\n${USAGE}`);
    return NOTHING_DONE;
  }
  const progress = createProgressLine(world.err, world.nowMs);
  const { file, data, dryRun, format } = args;
  const options: ImportOptions = {
    file,
    data,
    dryRun,
    nowIso: new Date(world.nowMs()).toISOString(),
    random: world.random,
    onProgress: (state) => progress.show(state),
    ...(format ? { format } : {}),
  };
  const result = await importOrBusy(options);
  progress.clear();
  world.out.write(args.json ? `${JSON.stringify(result, null, 2)}\n` : asText(result, dryRun));
  return exitCodeOf(result);
}

type CommandResult = ImportResult | { ok: false; error: { code: 'catalog-busy'; message: string } };

async function importOrBusy(options: ImportOptions): Promise<CommandResult> {
  try {
    return await importCatalog(options);
  } catch (error) {
    if (error instanceof CatalogBusy) return { ok: false, error: { code: error.code, message: error.message } };
    throw error;
  }
}

function asText(result: CommandResult, dryRun: boolean): string {
  return result.ok ? printReport(result.report, { dryRun }) : `${result.error.message}\n`;
}

function exitCodeOf(result: CommandResult): number {
  if (!result.ok) return NOTHING_DONE;
  const { created, updated, unchanged, rejectedCount, stock } = result.report;
  if (created + updated + unchanged === 0) return NOTHING_DONE;
  return rejectedCount > 0 || stock?.problem ? SOME_REJECTED : ALL_IN;
}

function readArguments(
  argv: readonly string[],
  defaultDataFolder: string | undefined,
): Arguments | { problem: string } {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        data: { type: 'string' },
        format: { type: 'string' },
      },
    });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  const [file, ...surplus] = positionals;
  if (file === undefined || surplus.length > 0) return { problem: 'Name one file.' };
  const data = values.data ?? defaultDataFolder;
  if (data === undefined) return { problem: 'Name the data folder with --data.' };
  const format = formatNames.find((name) => name === values.format);
  if (values.format !== undefined && !format) {
    return { problem: `"${values.format}" is no format: ${formatNames.join(', ')}.` };
  }
  return { file, dryRun: values['dry-run'], json: values.json, data, ...(format ? { format } : {}) };
}
