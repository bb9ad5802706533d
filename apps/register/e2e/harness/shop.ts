import path from 'node:path';
import { Cashier } from './cashier.ts';
import { setUpCounter, type Counter } from './counter.ts';
import { ledgerFileIn, startRegister, type RunningRegister } from './running-register.ts';
import type { Stage } from './stage.ts';
import { until } from './waiting.ts';
import { Witness } from './witness.ts';

export type Victim = 'page' | 'core' | 'main';

/** A register on a counter in a shop of its own, with someone at the keyboard and someone who only looks. */
export type Shop = {
  readonly register: RunningRegister;
  readonly cashier: Cashier;
  readonly counter: Counter;
  readonly witness: Witness;
  readonly dataFolder: string;
  /**
   * Kills a process with SIGKILL and brings the register back: the application restarts page and core by itself, main is started again here on the
   * same folder. Answers whether someone must sign on again.
   */
  kill(victim: Victim): Promise<{ signedOff: boolean }>;
  dispose(): Promise<void>;
};

const GONE_DEADLINE_MS = 10_000;

export async function openShop(
  stage: Stage,
  options: { items: number; linesPerSecond?: number; args?: readonly string[]; onLog?: (line: string) => void },
): Promise<Shop> {
  const dataFolder = path.join(stage.folder, 'data');
  const counter = await setUpCounter({ folder: stage.folder, ...pick(options.linesPerSecond) });
  const start = (): Promise<RunningRegister> =>
    startRegister(stage, {
      dataFolder,
      demoShopItems: options.items,
      args: [...counter.args, ...(options.args ?? [])],
      ...(options.onLog ? { onLog: options.onLog } : {}),
    });
  let register: RunningRegister;
  try {
    register = await start();
  } catch (cause) {
    await counter.dispose();
    throw cause;
  }
  const cashier = new Cashier({ page: () => register.page, counter });
  return {
    get register() {
      return register;
    },
    cashier,
    counter,
    witness: new Witness({ ledgerFile: ledgerFileIn(dataFolder), counter }),
    dataFolder,
    kill: async (victim) => {
      if (victim === 'page') {
        await register.killPage();
        return { signedOff: false };
      }
      if (victim === 'core') {
        const pid = await register.corePid();
        process.kill(pid, 'SIGKILL');
        await until('the end of the core', () => hasEnded(pid), GONE_DEADLINE_MS);
        return { signedOff: true };
      }
      const core = await register.corePid();
      await register.killMain();
      // The core notices that main is gone and ends; the folder is free when it has.
      await until('the end of the core after main', () => hasEnded(core), GONE_DEADLINE_MS);
      register = await start();
      return { signedOff: true };
    },
    dispose: async () => {
      await register.close().catch(() => register.killMain().catch(() => undefined));
      await counter.dispose();
    },
  };
}

const pick = (linesPerSecond: number | undefined): { linesPerSecond?: number } =>
  linesPerSecond === undefined ? {} : { linesPerSecond };

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
