import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';

/**
 * Memory of a process as Linux accounts for it, in megabytes (10⁶ bytes). `rss` counts every page that is mapped, Electron's own code
 * included; `pss` shares those pages out among the processes that map them.
 */
export type ProcessMemory = { rssMb: number; pssMb: number };

/** @throws Error where there is no /proc. */
export function processMemory(pid: number): ProcessMemory {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return { rssMb: megabytes(rollup, 'Rss'), pssMb: megabytes(rollup, 'Pss') };
}

/** What a utility process of this Electron weighs that does nothing. */
export async function bareProcessMemory(electron: ElectronApplication): Promise<ProcessMemory> {
  const file = path.join(tmpdir(), `evertill-bare-${process.pid}.cjs`);
  writeFileSync(file, 'setInterval(() => undefined, 1_000_000);\n');
  const bare = await electron.evaluateHandle(
    ({ utilityProcess }, modulePath) =>
      new Promise<Electron.UtilityProcess>((resolve) => {
        const child = utilityProcess.fork(modulePath);
        child.once('spawn', () => setTimeout(() => resolve(child), 1_000));
      }),
    file,
  );
  try {
    const pid = await bare.evaluate((child) => child.pid);
    if (pid === undefined) throw new Error('the bare process has ended');
    return processMemory(pid);
  } finally {
    await bare.evaluate((child) => child.kill());
    rmSync(file);
  }
}

function megabytes(rollup: string, name: string): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1];
  return Math.round((Number(kilobytes) * 1024) / 1e5) / 10;
}
