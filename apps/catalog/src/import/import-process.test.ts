import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gtinCheckDigit } from '@evertill/barcode';
import { fuzzRounds, temporaryFolder } from '@evertill/testkit';
import { describe, expect, test } from 'vitest';
import { shopFolder } from './testing/shop-folder.ts';

const COMMAND = fileURLToPath(new URL('../cli.ts', import.meta.url));
const LOADER = createRequire(import.meta.url).resolve('tsx');
const DEADLINE_MS = 600_000;

/** The import as a process of its own, as `npm run import` starts it. */
function startImport(file: string, data: string, nodeOptions: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeOptions, '--import', LOADER, COMMAND, file, '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = new Promise<{ exitCode: number | null; out: string; err: string }>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, out, err }));
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}

/** Writes a Shopify export of at least `bytes` bytes, with descriptions that span lines, and returns its number of items. */
function writeExport(file: string, bytes: number): number {
  const descriptor = openSync(file, 'w');
  const description = `"<p>${'Sturdy, washable and ""soft"". '.repeat(18)}\n</p>"`;
  let written = writeSync(
    descriptor,
    'Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode\n',
  );
  let items = 0;
  while (written < bytes) {
    const lines: string[] = [];
    for (let row = 0; row < 200; row += 1, items += 1) {
      const body = `952${String(items).padStart(9, '0')}`;
      const cells = [`h-${items}`, `Product ${items}`, description, 'Vendor', 'Title', 'Default Title'];
      lines.push([...cells, `SKU-${items}`, `${items % 90}.99`, body + gtinCheckDigit(body)].join(','));
    }
    written += writeSync(descriptor, `${lines.join('\n')}\n`);
  }
  closeSync(descriptor);
  return items;
}

describe('memory', () => {
  /** Far below the file's size in the deep run, and below what its rows would take as objects in either. */
  const HEAP_MB = 96;
  const bytes = process.env['EVERTILL_DEEP'] ? 200_000_000 : 20_000_000;

  test(
    'stays flat: a large file is imported within a small heap',
    async () => {
      const folder = temporaryFolder('large');
      try {
        const file = join(folder.path, 'export.csv');
        const items = writeExport(file, bytes);
        expect(statSync(file).size).toBeGreaterThanOrEqual(bytes);
        const run = await startImport(file, join(folder.path, 'shop'), [`--max-old-space-size=${HEAP_MB}`]).ended;
        expect(run.err).not.toContain('heap');
        expect(run.exitCode).toBe(0);
        expect(JSON.parse(run.out)).toMatchObject({ ok: true, report: { read: items, created: items } });
      } finally {
        folder.dispose();
      }
    },
    DEADLINE_MS,
  );
});

describe('a process that is killed', () => {
  test(
    'leaves the old catalog or the new one, and the next import works',
    async () => {
      const shop = await shopFolder();
      const folder = temporaryFolder('killed');
      try {
        const file = join(folder.path, 'export.csv');
        const items = writeExport(file, 1_500_000);
        await shop.report('sku,name,price\nOLD,Old,1.00\n');
        const startedAtMs = performance.now();
        await startImport(file, join(folder.path, 'rehearsal')).ended;
        const durationMs = performance.now() - startedAtMs;
        const kills = fuzzRounds(3);
        for (let kill = 1; kill <= kills; kill += 1) {
          const running = startImport(file, shop.path);
          await pause((durationMs * kill) / (kills + 1));
          running.kill();
          await running.ended;
          const { version, products } = await shop.published();
          expect(products).toHaveLength(version === 1 ? 1 : items + 1);
        }
        const finished = await startImport(file, shop.path).ended;
        expect(finished.exitCode).toBe(0);
        expect((await shop.published()).products).toHaveLength(items + 1);
      } finally {
        folder.dispose();
        shop.dispose();
      }
    },
    DEADLINE_MS,
  );
});
