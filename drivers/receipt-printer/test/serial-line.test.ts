import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printerConformance } from '@evertill/driver-contract/conformance';
import { openLink, systemClock } from '@evertill/link';
import { epsonProfile, escPosPrinter } from '../src/index.ts';
import { plugIn, rollText, virtualPrinter } from '../src/virtual/index.ts';

const limits = { pollEveryMs: 20, busyPollEveryMs: 10, statusDeadlineMs: 150, silenceMs: 300, counterPatienceMs: 300 };

/** The real `serialport` on both ends of a line made by socat: the whole way of a receipt to a serial printer. */
printerConformance('ESC/POS on a serial line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-printer-'));
  const [near, far] = [join(folder, 'near'), join(folder, 'far')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], { stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) => socat.once('error', reject));
  await Promise.race([failed, bothThere(near, far)]);
  const cable = openLink({ kind: 'serial', path: far, baudRate: 115_200 });
  const link = openLink({ kind: 'serial', path: near, baudRate: 115_200 });
  const twin = virtualPrinter({ columns: 42, clock: systemClock });
  plugIn(twin, {
    onBytes: (callback) => cable.onBytes(callback),
    // What the printer says while nobody listens is lost, as on a real line.
    write: (bytes) => void cable.write(bytes, { deadlineMs: 1_000 }).catch(() => {}),
  });
  const printer = escPosPrinter({ link, profile: epsonProfile, clock: systemClock, limits });
  return {
    printer,
    paper: () => rollText(twin.roll),
    drawerKicks: () => twin.drawerKicks.length,
    paperOutAfterLines: (lines) => twin.paperOutAfterLines(lines),
    loadPaper: () => twin.loadPaper(),
    openCover: () => twin.openCover(),
    closeCover: () => twin.closeCover(),
    powerOff: () => twin.powerOff(),
    powerOn: () => twin.powerOn(),
    powerOffAtByte: (count) => twin.powerOffAtByte(count),
    async dispose() {
      await Promise.all([printer.dispose(), link.dispose(), cable.dispose()]);
      socat.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

async function bothThere(...paths: string[]): Promise<void> {
  while (!paths.every((path) => existsSync(path))) await new Promise((resolve) => setTimeout(resolve, 10));
}
