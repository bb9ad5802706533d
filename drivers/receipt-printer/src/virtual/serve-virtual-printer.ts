import { closeSync, openSync, writeSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { DriverClock } from '@evertill/driver-contract';
import { virtualPrinter, type VirtualPrinter } from './virtual-printer.ts';

export type ServeVirtualPrinterOptions = {
  /** 0 takes a free one. */
  port: number;
  host?: string;
  columns?: 32 | 42 | 48;
  clock?: DriverClock;
  /** Every byte the printer received is appended here before it is carried out: a witness that shares no code with the register. */
  logFile?: string;
};

export type ServedVirtualPrinter = {
  port: number;
  printer: VirtualPrinter;
  /** Whether a register is at the other end. */
  readonly connected: boolean;
  dispose(): Promise<void>;
};

/** A printer's receive buffer. When it is full, the network is left to wait. */
const RECEIVE_BUFFER_BYTES = 4_096;

const wallClock: DriverClock = {
  nowMs: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A virtual printer with a network port. Like its relatives it talks to one register at a time and turns others away. */
export async function serveVirtualPrinter(options: ServeVirtualPrinterOptions): Promise<ServedVirtualPrinter> {
  const log = options.logFile === undefined ? null : openSync(options.logFile, 'a', 0o600);
  const printer = virtualPrinter({
    columns: options.columns ?? 48,
    clock: options.clock ?? wallClock,
    onReceived: (bytes) => void (log !== null && writeSync(log, bytes)),
  });
  let connected: Socket | null = null;

  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    if (connected !== null || !printer.powered) return void socket.destroy();
    connected = socket;
    socket.on('close', () => {
      if (connected === socket) connected = null;
    });
    socket.on('data', (bytes) => {
      printer.receive(bytes);
      if (printer.buffered > RECEIVE_BUFFER_BYTES) socket.pause();
    });
  });

  printer.onAnswer((bytes) => connected?.write(bytes));
  printer.onChange(() => {
    if (connected?.isPaused() && printer.buffered <= RECEIVE_BUFFER_BYTES) connected.resume();
  });
  printer.onPower((powered) => {
    if (!powered) connected?.destroy();
  });

  const port = await listening(server, options.port, options.host ?? '127.0.0.1');
  return {
    port,
    printer,
    get connected() {
      return connected !== null;
    },
    async dispose() {
      connected?.destroy();
      await new Promise((resolve) => server.close(resolve));
      printer.powerOff();
      if (log !== null) closeSync(log);
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
