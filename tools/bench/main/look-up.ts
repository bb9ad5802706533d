import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { build, type InlineConfig } from 'vite';
import { repositoryFolder, type Stage } from '../../../apps/register/e2e/harness/stage.ts';
import { electronLaunch } from '../../bootstrap/electron-launch.mjs';
import type { BenchRow } from '../bench-row.ts';
import { quantile, spread, threeDigits } from '../quantile.ts';
import type { BenchShop } from './bench-shop.ts';
import { importSnapshot } from './import-snapshot.ts';
import type { LookupResult } from './lookup-app/messages.ts';

const source = path.join(path.dirname(fileURLToPath(import.meta.url)), 'lookup-app');
/** Inside the repository: a program finds its native packages in the folders above its own. */
const appFolder = path.join(repositoryFolder, 'out', 'bench', 'lookup-app');
const TIMES_FASTER = 5;
/** Dexie needs most of a minute for 100,000 documents. */
const DEADLINE_MS = 300_000;

/** Barcode look-up from a page: ours over the port to the replica's process, RxDB on Dexie in the page itself, the same 100,000 items. */
export async function benchLookUp(stage: Stage, shop: BenchShop, say: (line: string) => void): Promise<BenchRow[]> {
  // When this part of the benchmark runs alone, nobody has built the replica yet.
  if (!existsSync(shop.replicaFolder)) await importSnapshot(shop);
  say('building the look-up application');
  rmSync(appFolder, { recursive: true, force: true });
  await buildApp(appFolder);
  say(`inserting ${shop.items} items into Dexie, then looking up`);
  const result = await runApp(stage, {
    profile: path.join(shop.folder, 'lookup-profile'),
    data: {
      replicaFolder: shop.replicaFolder,
      publishedFolder: shop.publishedFolder,
      scope: shop.enrolment.scope,
      keys: [shop.enrolment.publisher],
    },
  });
  say(`Dexie took ${Math.round(result.dexieInsertMs / 100) / 10} s to insert ${result.documents} documents`);
  return [row('look-up-p50', 'p50', 0.5, result), row('look-up-p99', 'p99', 0.99, result)];
}

function row(id: string, name: string, share: number, { ours, dexie, bareMessage }: LookupResult): BenchRow {
  const ratio = threeDigits(quantile(dexie, share) / quantile(ours, share));
  const message = threeDigits(quantile(bareMessage, share));
  return {
    id,
    what: `item with price and tax by barcode, asked by a page, ${name} (of which the bare message ${message} ms)`,
    unit: 'ms',
    ...spread(ours),
    anchor: `RxDB on Dexie in the page, ${name}`,
    anchorP50: threeDigits(quantile(dexie, share)),
    ratio,
    target: `≥ ${TIMES_FASTER} times faster at ${name}`,
    kind: 'gate',
    holds: ratio >= TIMES_FASTER,
  };
}

async function buildApp(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'look-up-bench', main: 'main.cjs' }));
  const script = (entry: string, file: string): InlineConfig => ({
    configFile: false,
    root: source,
    logLevel: 'error',
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: path.join(source, entry),
      target: 'node18',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        external: [/^node:/, 'electron', /^@photostructure\/sqlite/],
        output: { format: 'cjs', entryFileNames: file, codeSplitting: false },
      },
    },
  });
  await build(script('main.ts', 'main.cjs'));
  await build(script('preload.ts', 'preload.cjs'));
  await build(script('replica-process.ts', 'replica.cjs'));
  await build({
    configFile: false,
    root: source,
    base: './',
    logLevel: 'error',
    build: {
      target: 'chrome114',
      outDir: path.join(folder, 'page'),
      emptyOutDir: true,
      modulePreload: false,
      chunkSizeWarningLimit: 5_000,
    },
  });
}

async function runApp(stage: Stage, start: unknown): Promise<LookupResult> {
  const launch = electronLaunch(stage.runtime, {
    appFolder,
    args: [JSON.stringify(start)],
    env: process.env,
    display: stage.display,
  });
  const app = await _electron.launch({
    executablePath: launch.file,
    args: launch.args,
    env: launch.env,
    cwd: stage.folder,
  });
  try {
    const page = await app.firstWindow();
    const ended = "document.title.startsWith('result:')";
    await page.waitForFunction(ended, undefined, { timeout: DEADLINE_MS, polling: 500 });
    const result = JSON.parse((await page.title()).slice('result:'.length)) as LookupResult | { fault: string };
    if ('fault' in result) throw new Error(result.fault);
    return result;
  } finally {
    await app.close();
  }
}
