import { until } from '../../apps/register/e2e/harness/waiting.ts';
import type { Shop } from '../../apps/register/e2e/harness/shop.ts';
import type { StepLog } from './step-log.ts';

export const PAPER_DEADLINE_MS = 30_000;

export type Measured = {
  scanToPaintedMs: number[];
  tenderToDurableMs: number[];
  tenderToFirstByteMs: number[];
  tenderToDoneMs: number[];
  /** From the commit at the register until the order is in the list of the second one. */
  saleToOtherRegisterMs: number[];
};
export type Told = { shop: Shop; log: StepLog; folder: string; measured: Measured };

/** The next whole hundred: what someone holds out who does not count coins. */
export const roundNote = (dueMinor: number): number => Math.ceil((dueMinor + 1) / 1000) * 1000;

/** A sale with the clock running. The printer rests when the cash is taken, so that its first byte belongs to this sale. */
export async function sellMeasured(
  { shop, measured }: Told,
  codes: readonly string[],
  pay: 'exact' | 'with change',
): Promise<void> {
  const { cashier, witness, counter } = shop;
  for (const code of codes) measured.scanToPaintedMs.push((await cashier.scan(code)).scanToPaintedMs);
  const due = await cashier.goToPay();
  await witness.untilPrinted();
  const committed = witness.untilCommitted(witness.completedSales());
  const seen = await cashier.takeCash(due, pay === 'exact' ? undefined : roundNote(due));
  witness.saw(seen);
  measured.tenderToDurableMs.push((await committed) - seen.tenderedAtMs);
  measured.tenderToDoneMs.push(seen.tenderToDoneMs);
  const firstByteAtMs = await until(
    'the first byte of the receipt',
    () => counter.firstPrintedAfter(seen.tenderedAtMs),
    PAPER_DEADLINE_MS,
  );
  measured.tenderToFirstByteMs.push(firstByteAtMs - seen.tenderedAtMs);
  await cashier.nextSale();
}
