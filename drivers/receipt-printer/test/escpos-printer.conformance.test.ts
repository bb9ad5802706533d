import { printerConformance } from '@evertill/driver-contract/conformance';
import { openLink, pipe, systemClock } from '@evertill/link';
import { epsonProfile, escPosPrinter } from '../src/index.ts';
import { plugIn, rollText, serveVirtualPrinter, virtualPrinter, type VirtualPrinter } from '../src/virtual/index.ts';

/** Patience for a device at the other end of the desk, scaled to one in the same process. */
const limits = { pollEveryMs: 20, busyPollEveryMs: 10, statusDeadlineMs: 100, silenceMs: 150, counterPatienceMs: 200 };

const byHand = (twin: VirtualPrinter) => ({
  paper: () => rollText(twin.roll),
  drawerKicks: () => twin.drawerKicks.length,
  paperOutAfterLines: (lines: number) => twin.paperOutAfterLines(lines),
  loadPaper: () => twin.loadPaper(),
  openCover: () => twin.openCover(),
  closeCover: () => twin.closeCover(),
  powerOff: () => twin.powerOff(),
  powerOn: () => twin.powerOn(),
  powerOffAtByte: (count: number) => twin.powerOffAtByte(count),
});

printerConformance('ESC/POS on a network port', async () => {
  const twin = await serveVirtualPrinter({ port: 0, columns: 42 });
  const link = openLink({ kind: 'tcp', host: '127.0.0.1', port: twin.port }, { limits: { backoffMs: [20] } });
  const printer = escPosPrinter({ link, profile: epsonProfile, clock: systemClock, limits });
  return {
    printer,
    ...byHand(twin.printer),
    async dispose() {
      await printer.dispose();
      await link.dispose();
      await twin.dispose();
    },
  };
});

printerConformance('ESC/POS on a cable that stays open without power', async () => {
  const { link, far } = pipe({ limits: { backoffMs: [10] } });
  const twin = virtualPrinter({ columns: 42, clock: systemClock });
  plugIn(twin, far);
  const printer = escPosPrinter({ link, profile: epsonProfile, clock: systemClock, limits });
  return {
    printer,
    ...byHand(twin),
    async dispose() {
      await printer.dispose();
      await link.dispose();
      twin.powerOff();
    },
  };
});
