import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { BaudQueue } from './baud-queue.ts';
import { nowMs, until } from './waiting.ts';

/**
 * A serial line between the application and a device that lives out here: a pty by socat on one side, this process on the other. The device
 * outlives the application, whichever of its processes dies.
 */
export type SerialCable = {
  /** What the application opens, like `/dev/ttyUSB0`. */
  readonly path: string;
  /** To the application. Bytes are dropped while the cable is out. */
  write(bytes: Uint8Array): void;
  /** Takes the line away in the middle of whatever it carries, as pulling an adapter does. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  dispose(): Promise<void>;
};

const READY_DEADLINE_MS = 5_000;

export async function serialCable(needs: {
  folder: string;
  name: string;
  baudRate: number;
  /** Told when bytes have left the application. */
  onSent?: (bytes: Uint8Array, atMs: number) => void;
  /** Told when they have come through the line. */
  onBytes: (bytes: Uint8Array) => void;
}): Promise<SerialCable> {
  const linkPath = path.join(needs.folder, `tty-${needs.name}`);
  let device: Socket | null = null;
  let socat: ChildProcess | null = null;
  let held: number | null = null;

  const line = new BaudQueue(needs.baudRate, needs.onBytes);

  const server = createServer((socket) => {
    device = socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      needs.onSent?.(bytes, nowMs());
      line.push(bytes);
    });
    // A pulled cable resets the connection; the next one is a new connection.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (device === socket) device = null;
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;

  async function plug(): Promise<void> {
    socat = spawn('socat', ['-b', '256', `pty,raw,echo=0,link=${linkPath}`, `tcp:127.0.0.1:${port},nodelay`], {
      stdio: 'ignore',
    });
    socat.once('error', (cause) => process.stderr.write(`socat cannot be started: ${cause.message}\n`));
    await until(`the line ${needs.name}`, () => existsSync(linkPath) && device !== null, READY_DEADLINE_MS);
    // A pty ends when its last user closes it; an adapter stays. Holding it open makes it stay while the application is dead.
    held = openSync(linkPath, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  }

  async function unplug(): Promise<void> {
    const running = socat;
    socat = null;
    if (running) {
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    }
    device?.destroy();
    device = null;
    line.clear();
    if (held !== null) closeSync(held);
    held = null;
    rmSync(linkPath, { force: true });
  }

  await plug();
  return {
    path: linkPath,
    write: (bytes) => void device?.write(bytes),
    unplug,
    plug,
    dispose: async () => {
      await unplug();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
