// `npm run demo`: the product sells by itself, and somebody watches from outside. Exit code 0 only when every step was observed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStage, repositoryFolder } from '../../apps/register/e2e/harness/stage.ts';
import { openShop, type Shop } from '../../apps/register/e2e/harness/shop.ts';
import type { Verdict } from '../oracle/verdict.ts';
import { StoreHub } from '../../apps/register/e2e/harness/store-hub.ts';
import { percentiles } from './measures.ts';
import type { UnifiedFigures } from './one-view.ts';
import { StepFailed, StepLog } from './step-log.ts';
import { tellTheStory } from './story.ts';
import type { Measured } from './telling.ts';

const DEMO_SHOP_ITEMS = 5_000;
/** A fast shop printer, 400 mm/s. */
const PRINTER_LINES_PER_SECOND = 100;

const folder = path.join(repositoryFolder, 'out', 'demo');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const measured: Measured = {
    scanToPaintedMs: [],
    tenderToDurableMs: [],
    tenderToFirstByteMs: [],
    tenderToDoneMs: [],
    saleToOtherRegisterMs: [],
  };
  const stage = await openStage();
  const runtime = stage.runtime.note || 'Electron as shipped';
  say(
    `Evertill sells by itself. Runtime: ${runtime}. Pictures and report: ${path.relative(process.cwd(), folder) || '.'}`,
  );
  let shop: Shop | null = null;
  let store: StoreHub | null = null;
  const log = new StepLog({ say, onFailure: (name) => saveFailure(shop, name) });
  let verdict: Verdict | null = null;
  let unified: UnifiedFigures | null = null;
  const startedMs = performance.now();
  try {
    store = await StoreHub.start(path.join(stage.folder, 'data'));
    const hubArgs = [`--hub=${store.hub.url}`, `--hub-code=${store.codeFor(1)}`];
    shop = await openShop(stage, {
      items: DEMO_SHOP_ITEMS,
      linesPerSecond: PRINTER_LINES_PER_SECOND,
      args: hubArgs,
    });
    const open = shop;
    unified = await tellTheStory({ shop: open, log, folder, measured }, { store, second: null, webOrders: 0 });
    await log.step('the oracle compares journal, paper and screen', async () => {
      verdict = open.witness.verdict();
      return judged(verdict);
    });
  } catch (cause) {
    if (!(cause instanceof StepFailed))
      say(`  ✗ ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    if (!(cause instanceof StepFailed)) say(`    ${await saveFailure(shop, 'failure')}`);
    log.steps.push({ name: 'the story', ok: false, ms: 0 });
  } finally {
    verdict ??= shop?.witness.hasLedger ? shop.witness.verdict() : null;
    await shop?.dispose();
    await store?.dispose();
    await stage.dispose();
  }
  const ok = log.steps.every((step) => step.ok) && verdict !== null;
  writeReport(runtime, log, measured, verdict, unified);
  say(
    `${ok ? 'Everything was observed' : 'Not everything was observed'}, in ${Math.round((performance.now() - startedMs) / 1000)} s. See out/demo/report.json`,
  );
  return ok ? 0 : 1;
}

/** @throws Error when the verdict is not clean, or when it rests on too little to mean anything. */
function judged(verdict: Verdict): string {
  const { lost, doubled, altered, zEqualsJournal, receiptNumbersGapless, chainVerifies, counts, findings } = verdict;
  if (findings.length > 0) throw new Error(findings.map(({ figure, what }) => `${figure}: ${what}`).join('; '));
  if (counts.sales < 30 || counts.zReports !== 1 || counts.acknowledged < 30)
    throw new Error(`too little was sold: ${JSON.stringify(counts)}`);
  return `${counts.sales} sales: lost ${lost}, doubled ${doubled}, altered ${altered}, Z = journal ${zEqualsJournal}, gapless ${receiptNumbersGapless}, chain ${chainVerifies}`;
}

function writeReport(
  runtime: string,
  log: StepLog,
  measured: Measured,
  verdict: Verdict | null,
  unified: UnifiedFigures | null,
): void {
  const report = {
    runtime,
    steps: log.steps,
    scanToPaintedMs: percentiles(measured.scanToPaintedMs),
    tenderToDurableMs: percentiles(measured.tenderToDurableMs),
    tenderToFirstByteMs: percentiles(measured.tenderToFirstByteMs),
    tenderToDoneShownMs: percentiles(measured.tenderToDoneMs),
    saleToOtherRegisterMs: percentiles(measured.saleToOtherRegisterMs),
    sales: verdict?.counts.sales ?? 0,
    lost: verdict?.lost ?? null,
    doubled: verdict?.doubled ?? null,
    altered: verdict?.altered ?? null,
    zEqualsJournal: verdict?.zEqualsJournal ?? null,
    receiptNumbersGapless: verdict?.receiptNumbersGapless ?? null,
    chainVerifies: verdict?.chainVerifies ?? null,
    ordersOnHub: unified?.ordersOnHub ?? null,
    salesAndOrders: unified?.salesAndOrders ?? null,
    stockEverywhereEqual: unified?.stockEverywhereEqual ?? null,
    counts: verdict?.counts ?? null,
    findings: verdict?.findings ?? [],
  };
  writeFileSync(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const figure = (name: string, { p50, p99, count }: { p50: number; p99: number; count: number }): void =>
    say(`  ${name.padEnd(34)} p50 ${String(p50).padStart(6)} ms   p99 ${String(p99).padStart(6)} ms   (${count})`);
  figure('scan to painted line', report.scanToPaintedMs);
  figure('Enter to sale on disk', report.tenderToDurableMs);
  figure('Enter to first byte at the printer', report.tenderToFirstByteMs);
  figure('sale to the other register', report.saleToOtherRegisterMs);
}

/** Keeps what can still be seen of a failure and says where. */
async function saveFailure(shop: Shop | null, name: string): Promise<string> {
  if (!shop) return 'the application did not start';
  const file = `failed-${name.replace(/[^a-z0-9]+/gi, '-')}`;
  writeFileSync(path.join(folder, `${file}.log`), `${shop.register.log().join('\n')}\n`);
  writeFileSync(path.join(folder, 'printer-bytes.bin'), shop.counter.printerBytes());
  await shop.register.page.screenshot({ path: path.join(folder, `${file}.png`) }).catch(() => undefined);
  return `see ${path.join('out', 'demo', file)}.png and .log`;
}

process.exitCode = await main();
