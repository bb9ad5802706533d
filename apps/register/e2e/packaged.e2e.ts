import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @boundaries-ignore the packaging is a tool; what it makes is looked at here
import { ensurePackaged } from '../../../tools/package/ensure-packaged.mjs';
import { Cashier } from './harness/cashier.ts';
import { goodsOf } from './harness/core-line.ts';
import { setUpCounter, type Counter } from './harness/counter.ts';
import { asarFiles, fusesOf } from './harness/packaged-files.ts';
import { startPackaged, type PackagedRegister } from './harness/packaged-register.ts';
import { ledgerFileIn } from './harness/running-register.ts';
import { openStage, repositoryFolder, type Stage } from './harness/stage.ts';
import { Witness } from './harness/witness.ts';

const PACKAGING_DEADLINE_MS = 300_000;
const SCRIPT_DEADLINE_MS = 20_000;

/** What a shop would install, as a folder: one archive, the runtime around it, and a sale in it. */
describe('the packaged application', () => {
  let stage: Stage;
  let packaged: { folder: string; binary: string };
  const resources = (): string => path.join(packaged.folder, 'resources');

  beforeAll(async () => {
    stage = await openStage();
    packaged = await ensurePackaged({ root: repositoryFolder, runtimeBinary: stage.runtime.binary });
  }, PACKAGING_DEADLINE_MS);
  afterAll(async () => {
    await stage?.dispose();
  });

  it('consists of one archive with the bundles, and beside it only what cannot be loaded from an archive', () => {
    const entries = readdirSync(resources()).sort();
    expect(entries).toEqual(['app.asar', 'app.asar.unpacked']);
    const files = asarFiles(path.join(resources(), 'app.asar'));
    const paths = files.map((file) => file.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'package.json',
        'dist/main.cjs',
        'dist/preload.cjs',
        'dist/core.cjs',
        'dist/ui/index.html',
      ]),
    );
    const beside = files.filter((file) => file.unpacked).map((file) => file.path);
    expect(beside.filter((file) => !file.startsWith('node_modules/'))).toEqual(['dist/import-worker.cjs']);
    for (const file of beside) expect(existsSync(path.join(resources(), 'app.asar.unpacked', file)), file).toBe(true);
  });

  it('carries no shim of a test runtime, no sources, no maps and no development pages', () => {
    expect(existsSync(path.join(resources(), 'app'))).toBe(false);
    expect(existsSync(path.join(resources(), 'default_app.asar'))).toBe(false);
    const paths = asarFiles(path.join(resources(), 'app.asar')).map((file) => file.path);
    expect(paths.filter((file) => /^(?!node_modules).*\.(map|tsx?|md)$/.test(file))).toEqual([]);
    expect(paths.filter((file) => file.includes('gallery') || file === 'main.cjs')).toEqual([]);
    expect([...new Set(paths.map((file) => file.split('/')[0] ?? ''))].sort()).toEqual([
      'build-resources',
      'dist',
      'node_modules',
      'package.json',
    ]);
  });

  it('has its fuses blown: no Node, no NODE_OPTIONS, no inspector, nothing but the archive', () => {
    expect(fusesOf(packaged.binary)).toEqual({
      runAsNode: false,
      nodeOptionsVariable: false,
      inspectArguments: false,
      cookieEncryption: true,
      asarIntegrity: true,
      onlyLoadAppFromAsar: true,
    });
    // The runtime it was made from still has them: what is read above is what the packaging did.
    expect(fusesOf(stage.runtime.binary)).toMatchObject({ runAsNode: true, onlyLoadAppFromAsar: false });
  });

  it('is no Node for whoever asks it to be one', () => {
    const script = path.join(stage.folder, 'script.cjs');
    writeFileSync(script, `console.log('a script ran')`);
    // An application refuses this number and ends; a Node takes no notice of it.
    const asked = (binary: string): { status: number | null; stdout: string } =>
      spawnSync(binary, [script, '--no-sandbox', '--register=0'], {
        env: { ...process.env, ...(stage.display ? { DISPLAY: stage.display } : {}), ELECTRON_RUN_AS_NODE: '1' },
        encoding: 'utf8',
        timeout: SCRIPT_DEADLINE_MS,
      });
    expect(asked(stage.runtime.binary)).toMatchObject({ status: 0, stdout: 'a script ran\n' });
    expect(asked(packaged.binary)).toMatchObject({ status: 2, stdout: '' });
  });

  describe('one sale in it', () => {
    let counter: Counter;
    let register: PackagedRegister;
    let cashier: Cashier;
    let witness: Witness;

    beforeAll(async () => {
      const dataFolder = path.join(stage.folder, 'data');
      counter = await setUpCounter({ folder: stage.folder });
      register = await startPackaged(stage, packaged.binary, { dataFolder, demoShopItems: 200, args: counter.args });
      cashier = new Cashier({ page: () => register.page, counter });
      witness = new Witness({ ledgerFile: ledgerFileIn(dataFolder), counter });
    });
    afterAll(async () => {
      await register?.close();
      await counter?.dispose();
    });

    it('[CA-06] [I1] [I25] from sign-on to the receipt, and the books agree with the paper', async () => {
      await cashier.signOn('Aoife', '1111');
      await cashier.openTill({ 1000: 10 });
      const [item] = await goodsOf(register.page, ['coffee', 'bread'], 2);
      if (!item) throw new Error('the shop has nothing to sell');
      await cashier.scan(item.scanCode);
      const due = await cashier.goToPay();
      expect(due).toBe(item.priceMinor);
      const sale = await cashier.takeCash(due, due + 500);
      witness.saw(sale);
      expect(sale.changeMinor).toBe(500);
      await witness.untilPrinted();

      const verdict = witness.verdict();
      expect(verdict.findings).toEqual([]);
      expect(verdict).toMatchObject({ lost: 0, doubled: 0, altered: 0, chainVerifies: true });
      expect(verdict.counts.sales).toBe(1);
    });

    it('keeps its pages as closed as the unpackaged one does', async () => {
      const seen = await register.page.evaluate<string[]>(`[typeof require, typeof process, location.protocol]`);
      expect(seen).toEqual(['undefined', 'undefined', expect.not.stringMatching(/^(file|https?):$/)]);
    });

    it('ends in order when its window is closed', async () => {
      expect(await register.close()).toBe(0);
    });
  });
});
