import { Cashier } from '../../../apps/register/e2e/harness/cashier.ts';
import { setUpCounter, type Counter } from '../../../apps/register/e2e/harness/counter.ts';
import { startRegister, type RunningRegister } from '../../../apps/register/e2e/harness/running-register.ts';
import type { Stage } from '../../../apps/register/e2e/harness/stage.ts';
import { nowMs } from '../../../apps/register/e2e/harness/waiting.ts';
import type { BenchShop } from './bench-shop.ts';

/** Of the demonstration shop. */
const CASHIER = { name: 'Aoife Byrne', pin: '1111' };

/** The real application on the bench shop's folder, with someone at the keyboard. */
export type BenchRegister = {
  register: RunningRegister;
  cashier: Cashier;
  /** From the start of the process to the screen that asks for a PIN, ready for keys. */
  startToSignOnMs: number;
  /** Signs on; answers how long the script took over it. */
  signOn(): Promise<number>;
};

/** Two serial lines with a printer and a scanner at their ends; they live on from one start to the next. */
export const setUpBenchCounter = (stage: Stage): Promise<Counter> => setUpCounter({ folder: stage.folder });

export async function startBenchRegister(stage: Stage, shop: BenchShop, counter: Counter): Promise<BenchRegister> {
  const startedAtMs = nowMs();
  const register = await startRegister(stage, {
    dataFolder: shop.folder,
    demoShopItems: shop.items,
    args: counter.args,
  });
  try {
    const cashier = new Cashier({ page: () => register.page, counter });
    await cashier.untilReady();
    const startToSignOnMs = nowMs() - startedAtMs;
    const signOn = async (): Promise<number> => {
      const fromMs = nowMs();
      await cashier.signOn(CASHIER.name, CASHIER.pin);
      return nowMs() - fromMs;
    };
    return { register, cashier, startToSignOnMs, signOn };
  } catch (fault) {
    process.stderr.write(`${register.log().join('\n')}\n`);
    await closeRegister({ register });
    throw fault;
  }
}

export async function closeRegister({ register }: Pick<BenchRegister, 'register'>): Promise<void> {
  await register.close().catch(() => register.killMain());
}
