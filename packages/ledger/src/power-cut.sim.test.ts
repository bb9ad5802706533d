import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRecord } from '@evertill/records';
import { seededRandom, type SeededRandom, temporaryFolder, withPrintedSeed } from '@evertill/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLedger } from './open-ledger.ts';
import { type DiskStep, readDiskTrace, underTrace } from './testing/disk-trace.ts';
import { exampleOptions } from './testing/ledger-fixture.ts';
import { type PowerCut, powerCuts, SimulatedDisk } from './testing/simulated-disk.ts';
import { buildSellingProgram, type SellingProgram, startSelling } from './testing/spawn-child.ts';

/** `EVERTILL_FUZZ` scales it: RELIABILITY asks for 20,000 beyond what ten minutes allow. */
const POWER_CUTS = 600 * Number(process.env['EVERTILL_FUZZ'] ?? '1');
const SALES = 60;
/** Every so many cuts the whole journal is verified, not only its end. */
const WHOLE_VERIFICATION_EVERY = 20;

let program: SellingProgram;
beforeAll(async () => {
  program = await buildSellingProgram();
});
afterAll(() => program?.dispose());

/** A day of the real program over the real SQLite, as its disk saw it. */
async function tracedDay(root: string): Promise<DiskStep[]> {
  const file = join(root, '..', 'trace');
  const { status, errors } = await startSelling(program, root, SALES, 'kill', underTrace(file)).ended;
  expect([status, errors]).toEqual([0, '']);
  return readDiskTrace(file);
}

/** Opens what a power cut left, and answers what is wrong with it; `null` when every acknowledged sale is there, once and whole. */
async function faultAfter(folder: string, said: readonly string[], isWhole: boolean): Promise<string | null> {
  const acknowledged = said.filter((line) => line.startsWith('sold ')).map((line) => line.slice('sold '.length));
  const ledger = openLedger(exampleOptions(folder));
  try {
    const sales = [...ledger.records({ type: 'TransactionCompleted' })].map(
      ({ sealed }) => readRecord(sealed.text).payload as { transactionId: string; receiptNumber: number },
    );
    const ids = sales.map(({ transactionId }) => transactionId);
    if (said.length > 0 && ledger.opened.newEpoch) return `a new epoch: ${ledger.opened.newEpoch}`;
    if (ids.slice(0, acknowledged.length).join() !== acknowledged.join())
      return `lost: ${acknowledged.length - ids.length}`;
    if (ids.length > acknowledged.length + 1) return 'sales that nobody made';
    if (sales.some(({ receiptNumber }, index) => receiptNumber !== index + 1)) return 'a gap in the receipt numbers';
    if (ledger.overlay({ kind: 'stock' }).length !== sales.length) return 'a sale without its stock movement';
    if (ids.some((id) => !ledger.spool.get(id))) return 'a sale without its receipt';
    const drafts = ledger.drafts().map(({ transactionId }) => transactionId);
    if (ids.some((id) => drafts.includes(id))) return 'a sale that is still a draft';
    const audit = isWhole ? await ledger.verify() : null;
    if (audit && !audit.ok) return JSON.stringify(audit);
    return null;
  } finally {
    await ledger.dispose();
  }
}

type Cut = { readonly at: number; readonly cut: PowerCut };

function cutsIn(steps: readonly DiskStep[], count: number, random: SeededRandom): Cut[] {
  const cuts = Array.from({ length: count }, () => ({
    at: random.int(steps.length),
    cut: powerCuts[random.int(powerCuts.length)] ?? 'keeps any sectors',
  }));
  return cuts.sort((a, b) => a.at - b.at);
}

describe.runIf(process.platform === 'linux')('a power cut', () => {
  test(
    `[I14] [I1] [I5] ${POWER_CUTS} power cuts: what was acknowledged is there once and whole`,
    async () => {
      await withPrintedSeed(async (seed) => {
        const random = seededRandom(seed);
        const folder = temporaryFolder('power-cut');
        try {
          const root = join(folder.path, 'day');
          const steps = await tracedDay(root);
          expect(steps.filter(({ kind }) => kind === 'sync').length).toBeGreaterThan(SALES);
          const disk = new SimulatedDisk(root);
          const said: string[] = [];
          let taken = 0;
          for (const [nth, { at, cut }] of cutsIn(steps, POWER_CUTS, random).entries()) {
            for (; taken < at; taken += 1) {
              const step = steps[taken]!;
              if (step.kind === 'said') said.push(step.line);
              disk.take(step);
            }
            const left = join(folder.path, 'left');
            disk.cutPower(cut, random, left);
            const fault = await faultAfter(left, said, nth % WHOLE_VERIFICATION_EVERY === 0).catch(String);
            expect(fault, `power cut ${nth}, before step ${at}: it ${cut}`).toBeNull();
            rmSync(left, { recursive: true, force: true });
          }
        } finally {
          folder.dispose();
        }
      });
    },
    120_000 + POWER_CUTS * 400,
  );

  test('the simulated disk is one on which a program that does not sync loses sales', async () => {
    const folder = temporaryFolder('power-cut');
    try {
      const root = join(folder.path, 'day');
      const steps = await tracedDay(root);
      const disk = new SimulatedDisk(root);
      const said: string[] = [];
      for (const step of steps.filter(({ kind }) => kind !== 'sync')) {
        if (step.kind === 'said') said.push(step.line);
        disk.take(step);
      }
      const left = join(folder.path, 'left');
      disk.cutPower('keeps a beginning', seededRandom('no sync'), left);
      expect(await faultAfter(left, said, false).catch(String)).not.toBeNull();
    } finally {
      folder.dispose();
    }
  });
});
