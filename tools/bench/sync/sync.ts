import { openStage } from '../../../apps/register/e2e/harness/stage.ts';
import type { Bench, BenchRow } from '../bench-row.ts';
import { benchDrain } from './drain.ts';
import { benchNewRegister } from './new-register.ts';
import { benchOtherScreen } from './other-screen.ts';

type Part = (say: (line: string) => void) => Promise<BenchRow[]>;

const parts: Readonly<Record<string, Part>> = {
  screen: benchOtherScreen,
  drain: benchDrain,
  'new-register': benchNewRegister,
};

/** What registers and their hub do together, real processes over loopback or over a line that is as thin as a shop's. */
export const benchSync: Bench = async (say, only) => {
  // The built core is what registers run; building it is the stage's affair.
  const stage = await openStage();
  try {
    const rows: BenchRow[] = [];
    for (const [name, measure] of Object.entries(parts)) {
      if (only === null || only === name) rows.push(...(await measure(say)));
    }
    return { runtime: `Node ${process.version}`, rows };
  } finally {
    await stage.dispose();
  }
};
