import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  chooseSeed,
  fuzzRounds,
  seededRandom,
  type TemporaryFolder,
  temporaryFolder,
  withPrintedSeed,
} from '@evertill/testkit';
import { openLedger } from './open-ledger.ts';
import { exampleOptions } from './testing/ledger-fixture.ts';
import { buildSellingProgram, type SellingProgram, soldIds, startSelling } from './testing/spawn-child.ts';

let program: SellingProgram;
beforeAll(async () => {
  program = await buildSellingProgram();
});
afterAll(() => program?.dispose());

let root: TemporaryFolder;
beforeEach(() => {
  root = temporaryFolder('durability');
});
afterEach(() => root.dispose());

// System calls can only be watched and failed from outside, on Linux, with strace.
const isLinux = process.platform === 'linux';

describe.runIf(isLinux)('what reaches the disk', () => {
  test('strace is installed', () => {
    expect(spawnSync('strace', ['--version']).status, 'these tests need the program strace').toBe(0);
  });

  /** How often the disk was made to confirm between `ready` and `done`. */
  async function syncsWhileSelling(sales: number, mode: 'one' | 'two'): Promise<number> {
    const trace = join(root.path, `trace-${mode}`);
    const under = [
      'strace',
      '-f',
      '--seccomp-bpf',
      '-s',
      '64',
      '-e',
      'trace=fsync,fdatasync,sync_file_range,msync,write',
      '-o',
      trace,
    ];
    const child = startSelling(program, root.path, sales, mode, under);
    const { status, errors } = await child.ended;
    expect([status, errors]).toEqual([0, '']);
    expect(soldIds(child.lines)).toHaveLength(sales);
    const calls = readFileSync(trace, 'utf8').split('\n');
    const saidAt = (line: string): number => calls.findIndex((call) => call.includes(`write(1, "${line}\\n"`));
    const between = calls.slice(saidAt('ready'), saidAt('done'));
    expect(between.length).toBeGreaterThan(sales);
    return between.filter((call) => /\b(fsync|fdatasync|msync|sync_file_range)\(/.test(call)).length;
  }

  test('[I14] a sale is exactly one fsync, the first one after a start included', async () => {
    expect(await syncsWhileSelling(20, 'one')).toBe(20);
  });

  test('[I14] the count can tell: a sale and its draft are two', async () => {
    expect(await syncsWhileSelling(10, 'two')).toBe(20);
  });

  test('[I14] after one fsync that failed nothing more is written, though the disk works again', async () => {
    const inject = ['-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO:when=30'];
    const under = ['strace', '-f', '--seccomp-bpf', '-o', '/dev/null', ...inject];
    const child = startSelling(program, root.path, 60, 'insist', under);
    const { errors } = await child.ended;
    expect(errors).toBe('');
    expect(child.lines[0]).toBe('ready');
    expect(soldIds(child.lines).length).toBeGreaterThan(0);
    expect(child.lines.slice(-3)).toEqual(['again io', 'again io', 'fault io']);
    const ledger = openLedger(exampleOptions(root.path));
    expect(ledger.counts().sales).toBeGreaterThanOrEqual(soldIds(child.lines).length);
    expect((await ledger.verify()).ok).toBe(true);
    await ledger.dispose();
  });

  test(
    '[I14] an fsync or a write that fails is a fault with a name; what was acknowledged before is there',
    async () => {
      await withPrintedSeed(async (seed) => {
        const random = seededRandom(seed);
        const failures = ['fsync,fdatasync:error=EIO', 'pwrite64:error=EIO', 'pwrite64:error=ENOSPC'];
        const codes = new Set<string>();
        for (let round = 0; round < fuzzRounds(12); round += 1) {
          const folder = join(root.path, `round-${round}`);
          const failure = failures[round % failures.length]!;
          const nth = 1 + random.int(failure.startsWith('pwrite64') ? 120 : 20);
          const call = failure.slice(0, failure.indexOf(':'));
          const inject = ['-e', `trace=${call}`, '-e', `inject=${failure}:when=${nth}+`];
          const under = ['strace', '-f', '--seccomp-bpf', '-o', '/dev/null', ...inject];
          const child = startSelling(program, folder, 15, 'one', under);
          const { errors } = await child.ended;
          const what = `${failure} from the ${nth}th on: ${child.lines.join(' | ')}`;
          expect(errors, what).toBe('');
          const code = child.lines.find((line) => line.startsWith('fault '));
          if (code) codes.add(code);
          else expect(child.lines, what).toContain('done');

          const ledger = openLedger(exampleOptions(folder));
          const acknowledged = soldIds(child.lines);
          const kept = [...ledger.records({ type: 'TransactionCompleted' })].map(
            (record) => (record.read().payload as { transactionId: string }).transactionId,
          );
          expect(kept.slice(0, acknowledged.length), what).toEqual(acknowledged);
          expect(kept.length - acknowledged.length, what).toBeLessThanOrEqual(1);
          expect((await ledger.verify()).ok, what).toBe(true);
          await ledger.dispose();
        }
        expect([...codes].every((code) => ['fault io', 'fault disk-full', 'fault cannot-open'].includes(code))).toBe(
          true,
        );
        expect(codes.size).toBeGreaterThan(0);
      }, chooseSeed());
    },
    60_000 + fuzzRounds(12) * 10_000,
  );
});
