import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en as words } from '../src/ui/words/en.ts';
import { ledgerFileIn, startRegister, type RunningRegister } from './harness/running-register.ts';
import { openStage, type Stage } from './harness/stage.ts';
import { readJournalFile } from './harness/oracle.ts';

const PAPER_DEADLINE_MS = 20_000;

/** What `npm start` gives a newcomer: the register and its devices on one screen. Here a pointer is used, as a newcomer would. */
describe('the register beside its hardware bench', () => {
  let stage: Stage;
  let register: RunningRegister;
  const dataFolder = (): string => path.join(stage.folder, 'data');

  beforeAll(async () => {
    stage = await openStage();
    register = await startRegister(stage, {
      dataFolder: dataFolder(),
      demoShopItems: 200,
      args: ['--virtual-devices'],
    });
  });
  afterAll(async () => {
    await register?.close().catch(() => register.killMain());
    await stage?.dispose();
  });

  it('sells what is scanned from the tray and prints the receipt on the roll', async () => {
    const { page } = register;
    await page.getByRole('radio', { name: /Aoife/ }).waitFor();
    for (const digit of '1111') await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: words.signOn.signOn }).click();
    await page.getByRole('button', { name: words.till.open, exact: false }).click();
    await page.getByRole('combobox', { name: words.sell.search }).waitFor();

    const bench = await register.bench();
    const tray = bench.getByRole('list', { name: words.bench.tray });
    await tray.getByRole('button').first().click();
    await page.getByRole('list', { name: words.sell.lines, exact: true }).getByRole('listitem').first().waitFor();
    await page.getByRole('button', { name: words.sell.pay }).click();
    await page.getByRole('button', { name: /Take exactly/ }).click();
    await page.getByTestId('receipt-label').waitFor();
    const label = (await page.getByTestId('receipt-label').innerText()).split(/\s+/).at(-1) ?? 'none';

    await bench.getByText(words.bench.cuts(1)).waitFor({ timeout: PAPER_DEADLINE_MS });
    expect(await bench.getByTestId('paper-text').innerText()).toContain(label);
    await bench.getByText(words.bench.drawerKicks(1)).waitFor();
    const sales = readJournalFile(ledgerFileIn(dataFolder())).filter(({ text }) =>
      text.includes('"type":"TransactionCompleted"'),
    );
    expect(sales).toHaveLength(1);
  });
});
