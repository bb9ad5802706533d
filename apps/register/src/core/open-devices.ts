import { serialScanner } from '@evertill/barcode-scanner';
import {
  type BarcodeScanner,
  type Link,
  type LinkSettings,
  type PrinterState,
  type ReceiptPrinter,
  type SpoolStore,
} from '@evertill/driver-contract';
import { openLink, systemClock } from '@evertill/link';
import { epsonProfile, escPosPrinter, startSpool, type Spool, type SpoolEvent } from '@evertill/receipt-printer';
import type { DeviceView, Register } from '@evertill/register';
import type { CoreConfig } from './core-config.ts';

export type Devices = { dispose(): Promise<void> };

type DevicesNeeds = { spool: SpoolStore; register: Register; log: (line: string) => void };

/** Opens what is configured and joins it to the use cases; what is not configured is shown as absent. */
export function openDevices(settings: CoreConfig['devices'], needs: DevicesNeeds): Devices {
  const opened = [
    settings.printer ? openPrinter(settings.printer, needs) : absent('printer', needs.register),
    settings.scanner ? openScanner(settings.scanner, needs) : absent('scanner', needs.register),
  ];
  return {
    dispose: async () => {
      await Promise.all(opened.map((device) => device.dispose()));
    },
  };
}

function openPrinter(settings: LinkSettings, { spool, register, log }: DevicesNeeds): Devices {
  // A further print of a receipt is a record: the use cases put the job back, in one transaction with it.
  const requeueAsDuplicate: SpoolStore['requeueAsDuplicate'] = (jobId, reason) =>
    register.requeuePrintJob(jobId, reason);
  const store: SpoolStore = { ...spool, requeueAsDuplicate };
  const link = openLink(settings, { clock: systemClock });
  const printer = escPosPrinter({ link, profile: epsonProfile, clock: systemClock });
  const show = (): void => {
    const state = printerView(printer.state);
    register.deviceChanged(deviceView('printer', nameOf(settings), state));
    // The drawer hangs on the printer: it opens when the printer hears.
    register.deviceChanged(deviceView('drawer', nameOf(settings), state === 'busy' ? 'ready' : state));
  };
  printer.onState(show);
  show();
  const printing = startSpool({
    store,
    printer,
    clock: systemClock,
    onEvent: (event) => tellJob(event, store, register),
    onFault: (error) => log(`print spool: ${String(error)}`),
  });
  return { dispose: () => disposePrinter(printing, printer, link) };
}

/** The spool waits for the printer and the printer for its link: they end together. */
async function disposePrinter(spool: Spool, printer: ReceiptPrinter, link: Link): Promise<void> {
  await Promise.all([spool.dispose(), printer.dispose()]);
  await link.dispose();
}

function tellJob(event: SpoolEvent, store: SpoolStore, register: Register): void {
  const job = store.get(event.jobId);
  if (job) register.printJobChanged({ jobId: job.jobId, kind: job.kind, state: job.state });
}

function openScanner(settings: LinkSettings, { register }: DevicesNeeds): Devices {
  const link = openLink(settings, { clock: systemClock });
  const scanner = serialScanner({ link, clock: systemClock });
  const show = (): void => register.deviceChanged(deviceView('scanner', nameOf(settings), scannerView(scanner.state)));
  scanner.onState(show);
  scanner.onScan((scan) => void register.scan({ code: scan.code, atMs: scan.atMs }));
  show();
  return {
    dispose: async () => {
      await scanner.dispose();
      await link.dispose();
    },
  };
}

function absent(kind: DeviceView['kind'], register: Register): Devices {
  register.deviceChanged(deviceView(kind, '', 'absent'));
  return { dispose: () => Promise.resolve() };
}

function deviceView(kind: DeviceView['kind'], name: string, state: DeviceView['state']): DeviceView {
  return { kind, name, state, since: new Date(systemClock.nowMs()).toISOString() };
}

function nameOf(settings: LinkSettings): string {
  if (settings.kind === 'tcp') return `${settings.host}:${settings.port}`;
  return settings.path;
}

function printerView(state: PrinterState): DeviceView['state'] {
  if (state === 'not-answering') return 'offline';
  // Low paper still prints; the screen says more about it when it is out.
  return state === 'paper-low' ? 'ready' : state;
}

function scannerView(state: BarcodeScanner['state']): DeviceView['state'] {
  return state === 'flooded' ? 'error' : state;
}
