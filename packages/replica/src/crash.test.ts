import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPrograms } from '@evertill/testkit/bundled-programs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openReplica } from './index.ts';
import type { RefreshStep } from './index.ts';
import { price, product, publish, SCOPE, testPublisher } from './testing/publish-items.ts';

/**
 * Real processes with a real worker thread, ended by SIGKILL at each step of a refresh. What is left must be the old snapshot or the new one,
 * usable at once, and the next refresh must succeed.
 */
const publisher = testPublisher();
const nowMs = (): number => Date.parse('2026-02-01T09:00:00Z');
let programs: Awaited<ReturnType<typeof bundlePrograms>>;

const bundlePrograms = () =>
  bundledPrograms(fileURLToPath(new URL('..', import.meta.url)), {
    'refresh-and-die': fileURLToPath(new URL('testing/refresh-and-die.ts', import.meta.url)),
    'import-worker': fileURLToPath(new URL('import-worker.ts', import.meta.url)),
  });

let base: string;
let folder: string;
let publishedFolder: string;

beforeAll(async () => {
  programs = await bundlePrograms();
});
afterAll(() => programs.dispose());

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'evertill-crash-'));
  folder = join(base, 'replica');
  publishedFolder = join(base, 'published');
  await publishPrice(199);
});
afterEach(() => rmSync(base, { recursive: true }));

const others = Array.from({ length: 300 }, (_, n) => product(`other-${n}`));

function publishPrice(amountMinor: number): Promise<unknown> {
  return publish(publishedFolder, publisher, [product('a'), ...others], [price('a', amountMinor)]);
}

interface Ended {
  signal: NodeJS.Signals | null;
  printed: { result: { ok: boolean; changed: boolean }; words: number; amountMinor: number } | null;
}

function refreshInProcess(killAt: string): Promise<Ended> {
  const options = JSON.stringify({
    folder,
    publishedFolder,
    scope: SCOPE,
    verifyKeys: publisher.verifyKeys,
    importWorkerPath: programs.fileOf('import-worker'),
  });
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [programs.fileOf('refresh-and-die'), options, killAt],
      { timeout: 60_000 },
      (error, stdout, stderr) => {
        if (error && error.signal === undefined) reject(error);
        else if (error && !error.signal) reject(new Error(stderr));
        else
          resolve({
            signal: error?.signal ?? null,
            printed: stdout === '' ? null : (JSON.parse(stdout) as Ended['printed']),
          });
      },
    );
  });
}

async function amountAfterRestart(): Promise<number | null> {
  const replica = await openReplica({ folder, publishedFolder, scope: SCOPE, verifyKeys: publisher.verifyKeys, nowMs });
  const found = await replica.findById('a');
  await replica.dispose();
  return found?.price?.amountMinor ?? null;
}

describe('[I14] a refresh killed at any step', { timeout: 60_000 }, () => {
  it('imports in its worker thread when nobody kills it', async () => {
    const { printed } = await refreshInProcess('');
    expect(printed).toMatchObject({ result: { ok: true, changed: true }, amountMinor: 199 });
    expect(printed?.words).toBeGreaterThanOrEqual(4);
  });

  const steps: [RefreshStep | `importing:${number}`, 199 | 299][] = [
    ['importing:1', 199],
    ['importing:4', 199],
    ['built', 199],
    ['old-closed', 199],
    ['pointer-written', 299],
    ['new-opened', 299],
    ['old-removed', 299],
  ];

  it.each(steps)(
    'at %s leaves the snapshot with the price %i, and the next refresh succeeds',
    async (step, expected) => {
      expect((await refreshInProcess('')).printed).toMatchObject({ amountMinor: 199 });
      await publishPrice(299);
      expect((await refreshInProcess(step)).signal).toBe('SIGKILL');
      expect(await amountAfterRestart()).toBe(expected);
      expect(readdirSync(folder).filter((name) => name.endsWith('.db')).length).toBe(1);
      expect((await refreshInProcess('')).printed).toMatchObject({ result: { ok: true }, amountMinor: 299 });
    },
  );

  it('the very first import, killed half-way, leaves nothing in the way of the next', async () => {
    expect((await refreshInProcess('importing:2')).signal).toBe('SIGKILL');
    expect(await amountAfterRestart()).toBeNull();
    expect((await refreshInProcess('')).printed).toMatchObject({
      result: { ok: true, changed: true },
      amountMinor: 199,
    });
  });
});
