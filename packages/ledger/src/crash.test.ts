import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom, type SeededRandom, temporaryFolder, withPrintedSeed } from '@evertill/testkit';
import { readRecord } from '@evertill/records';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';
import { exampleOptions } from './testing/ledger-fixture.ts';
import {
  buildSellingProgram,
  type SellingChild,
  type SellingProgram,
  soldIds,
  startSelling,
} from './testing/spawn-child.ts';

/** `EVERTILL_KILLS` scales it: 10,000 in a soak. */
const KILLS = Number(process.env['EVERTILL_KILLS'] ?? '50');
const LONGEST_START_MS = 300;
const LONGEST_SELLING_MS = 60;

/** Registers that are killed side by side: starting one takes far longer than killing it. */
const LANES = 2;

let program: SellingProgram;
beforeAll(async () => {
  program = await buildSellingProgram();
});
afterAll(() => program?.dispose());

type Sale = { id: string; epoch: number; seq: number; receiptNumber: number };

function salesFrom(ledger: Ledger, fromSeq: number): Sale[] {
  return [...ledger.records({ type: 'TransactionCompleted', fromSeq })].map(({ epoch, seq, sealed }) => {
    const { transactionId, receiptNumber } = readRecord(sealed.text).payload as {
      transactionId: string;
      receiptNumber: number;
    };
    return { id: transactionId, epoch, seq, receiptNumber };
  });
}

async function killAtRandom(root: string, random: SeededRandom): Promise<string[]> {
  const child = startSelling(program, root, 100_000, 'kill');
  // Most often among sales, sometimes before the first, sometimes while the ledger is being opened.
  if (random.chance(0.15)) await pause(random.int(LONGEST_START_MS));
  else await untilSaid(child, random.chance(0.9) ? 'sold' : 'ready');
  await pause(random.int(LONGEST_SELLING_MS));
  child.process.kill('SIGKILL');
  expect((await child.ended).errors).toBe('');
  return soldIds(child.lines);
}

/** Kills one register again and again; answers how many sales were acknowledged. */
async function sellAndKill(root: string, kills: number, random: SeededRandom): Promise<number> {
  let nextSeq = 1;
  let receiptNumber = 0;
  let acknowledgedSales = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const acknowledged = await killAtRandom(root, random);
    acknowledgedSales += acknowledged.length;
    const ledger = openLedger(exampleOptions(root));
    expect(ledger.opened.newEpoch === null || nextSeq === 1, 'an epoch out of nowhere').toBe(true);
    const sales = salesFrom(ledger, nextSeq);
    expect(sales.slice(0, acknowledged.length).map((sale) => sale.id)).toEqual(acknowledged);
    expect(sales.length - acknowledged.length).toBeLessThanOrEqual(1);
    const moved = new Set(ledger.overlay({ kind: 'stock' }).map((row) => row.seq));
    for (const sale of sales) {
      receiptNumber += 1;
      expect(sale.receiptNumber).toBe(receiptNumber);
      expect(moved.has(sale.seq), `stock movement of ${sale.id}`).toBe(true);
      expect(ledger.spool.get(sale.id), `receipt of ${sale.id}`).toMatchObject({ jobId: sale.id });
      expect(ledger.drafts().map((draft) => draft.transactionId)).not.toContain(sale.id);
    }
    nextSeq = ledger.head().seq + 1;
    await ledger.dispose();
  }
  const ledger = openLedger(exampleOptions(root));
  expect(await ledger.verify()).toMatchObject({ ok: true, copy: { head: ledger.head() } });
  // Nothing stands beside the sales either: no movement and no number without one.
  expect(ledger.overlay({ kind: 'stock' })).toHaveLength(ledger.counts().sales);
  expect(ledger.counts().sales).toBe(receiptNumber);
  await ledger.dispose();
  return acknowledgedSales;
}

describe('SIGKILL while selling', () => {
  test(
    `[I1] [I5] [I14] ${KILLS} kills: what was acknowledged is there once and whole, what was not is there whole or not at all`,
    async () => {
      await withPrintedSeed(async (seed) => {
        const folders = Array.from({ length: LANES }, () => temporaryFolder('crash'));
        const runs = folders.map(({ path }, lane) =>
          sellAndKill(path, Math.ceil(KILLS / LANES), seededRandom(`${seed}/${lane}`)),
        );
        try {
          const acknowledged = (await Promise.all(runs)).reduce((sum, count) => sum + count, 0);
          expect(acknowledged).toBeGreaterThan(KILLS);
        } finally {
          await Promise.allSettled(runs);
          for (const folder of folders) folder.dispose();
        }
      });
    },
    60_000 + KILLS * 10_000,
  );
});

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

async function untilSaid(child: SellingChild, word: string): Promise<void> {
  let isOver = false;
  void child.ended.then(() => {
    isOver = true;
  });
  while (!isOver && !child.lines.some((line) => line.startsWith(word))) await pause(2);
}
