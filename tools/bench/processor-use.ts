import { readFileSync } from 'node:fs';

/** Processor seconds since the start: of the whole machine, and of this process with every child that has ended. */
export type ProcessorUse = { totalS: number; busyS: number; oursS: number };

/** Linux counts in hundredths of a second, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100;

/** `null` where there is no /proc. */
export function processorUse(): ProcessorUse | null {
  if (process.platform !== 'linux') return null;
  const machine = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number);
  const [user = 0, nice = 0, system = 0, idle = 0, ioWait = 0, irq = 0, softIrq = 0, steal = 0] = machine;
  const busy = user + nice + system + irq + softIrq + steal;
  // After the name in parentheses, which may hold spaces: fields 14 to 17 of proc(5) are utime, stime, cutime, cstime.
  const own = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ').slice(11, 15).map(Number) ?? [];
  const ours = own.reduce((sum, ticks) => sum + ticks, 0);
  return {
    totalS: (busy + idle + ioWait) / TICKS_PER_SECOND,
    busyS: busy / TICKS_PER_SECOND,
    oursS: ours / TICKS_PER_SECOND,
  };
}

/** What other programs took of the machine between two readings, in percent of all its processors. */
export function percentOfOthers(before: ProcessorUse | null, after: ProcessorUse | null): number | null {
  if (!before || !after || after.totalS <= before.totalS) return null;
  const others = after.busyS - before.busyS - (after.oursS - before.oursS);
  return Math.max(0, Math.round((100 * others) / (after.totalS - before.totalS)));
}
