import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { MessagePortMain } from 'electron';
import { serveVirtualScanner } from '@evertill/barcode-scanner/virtual';
import { serveVirtualPrinter } from '@evertill/receipt-printer/virtual';
import { z } from 'zod';
import { benchRequestSchema } from '../contract/bench.ts';
import { BenchDesk } from './bench-desk.ts';
import { trayMessageSchema, type TwinsReady } from './twins-messages.ts';

/**
 * The virtual devices as a process of their own: like real ones they stay on when the register dies. They listen on loopback only, and
 * what the printer received is kept in a file.
 */

/** The desk is drawn again at most so often; drawing the paper costs tens of milliseconds. */
const REDRAW_MS = 200;
/** Cables are looked after so often. */
const CONNECTIONS_EVERY_MS = 1_000;

const startSchema = z.object({
  type: z.literal('start'),
  folder: z.string().min(1),
  /** Where the devices listened in an earlier life of this process: a register looks for them there. */
  ports: z.object({ printer: z.number().int(), scanner: z.number().int() }).nullable(),
});

type MainMessage = { data: { type?: unknown }; ports: MessagePortMain[] };
type ParentPort = {
  on(event: 'message', listener: (message: MainMessage) => void): void;
  postMessage(message: unknown): void;
};
const parentPort = (process as unknown as { parentPort: ParentPort }).parentPort;

const windows = new Set<MessagePortMain>();
let desk: BenchDesk | null = null;
let redraw: ReturnType<typeof setTimeout> | null = null;

parentPort.on('message', ({ data, ports }) => {
  if (data.type === 'start') void start(startSchema.parse(data));
  else if (data.type === 'port' && ports[0]) attach(ports[0]);
  else if (data.type === 'shutdown') process.exit(0);
  else takeTray(data);
});

async function start({ folder, ports }: z.infer<typeof startSchema>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const logFile = path.join(folder, 'printer-received.bin');
  const printer = await serveVirtualPrinter({ port: ports?.printer ?? 0, logFile });
  const scanner = await serveVirtualScanner({ port: ports?.scanner ?? 0 });
  printer.printer.setSpeed(40);
  desk = new BenchDesk({ printer, scanner });
  printer.printer.onChange(show);
  setInterval(showConnections, CONNECTIONS_EVERY_MS);
  parentPort.postMessage({
    type: 'twins-ready',
    printerPort: printer.port,
    scannerPort: scanner.port,
  } satisfies TwinsReady);
}

function attach(port: MessagePortMain): void {
  windows.add(port);
  port.once('close', () => windows.delete(port));
  port.on('message', ({ data }) => {
    const request = benchRequestSchema.safeParse(data);
    if (request.success) desk?.do(request.data);
    show();
  });
  port.start();
  show();
}

function takeTray(data: unknown): void {
  const tray = trayMessageSchema.safeParse(data);
  if (!tray.success) return;
  desk?.fillTray(tray.data.items);
  show();
}

let shownConnections = '';

function showConnections(): void {
  const connections = JSON.stringify(desk?.connected());
  if (connections !== shownConnections) show();
  shownConnections = connections;
}

function show(): void {
  redraw ??= setTimeout(() => {
    redraw = null;
    if (!desk || windows.size === 0) return;
    const state = desk.state();
    for (const port of windows) port.postMessage(state);
  }, REDRAW_MS);
}
