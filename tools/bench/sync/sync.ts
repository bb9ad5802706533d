import { openStage } from '../../../apps/register/e2e/harness/stage.ts';
import type { Bench, BenchRow } from '../bench-row.ts';
import { benchDrain } from './drain.ts';
import { benchPush } from './hub/push.ts';
import { benchThroughput } from './hub/throughput.ts';
import { benchNewRegister } from './new-register.ts';
import { benchOtherScreen } from './other-screen.ts';

type Part = (say: (line: string) => void) => Promise<BenchRow[]>;

/** Of the hub alone: its clients are the bench itself. */
const hubParts: Readonly<Record<string, Part>> = { push: benchPush, throughput: benchThroughput };

/** With registers as they are. */
const registerParts: Readonly<Record<string, Part>> = {
  screen: benchOtherScreen,
  drain: benchDrain,
  'new-register': benchNewRegister,
};

/** What registers and their hub do together, real processes over loopback or over a line that is as thin as a shop's. */
export const benchSync: Bench = async (say, only) => {
  const rows: BenchRow[] = await measured(hubParts, say, only);
  if (only !== null && !Object.hasOwn(registerParts, only)) return { runtime: `Node ${process.version}`, rows };
  // The built core is what registers run; building it is the stage's affair.
  const stage = await openStage();
  try {
    rows.push(...(await measured(registerParts, say, only)));
    return { runtime: `Node ${process.version}`, rows };
  } finally {
    await stage.dispose();
  }
};

async function measured(
  parts: Readonly<Record<string, Part>>,
  say: (line: string) => void,
  only: string | null,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (only === null || only === name) rows.push(...(await measure(say)));
  }
  return rows;
}
