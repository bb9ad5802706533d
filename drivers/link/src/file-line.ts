import { constants, open, type FileHandle } from 'node:fs/promises';
import type { DriverClock, FileSettings } from '@evertill/driver-contract';
import type { Line, LineEvents, OpenLine } from './line.ts';

const READ_EVERY_MS = 25;
const READ_BYTES = 4_096;

/**
 * A device file, or a plain file as a paper trail. A plain file is appended to and made when missing, but never in a device
 * folder: where a pulled USB printer left its name free, "printing" into a new file would look like success.
 */
export function fileLine({ path }: FileSettings, clock: DriverClock): OpenLine {
  return async (events) => {
    const device = isDevicePath(path);
    const flags = device
      ? constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY
      : constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
    const file = await open(path, flags, 0o600);
    try {
      if (device && !(await file.stat()).isCharacterDevice()) throw new Error(`${path} is not a device`);
    } catch (error) {
      await file.close();
      throw error;
    }
    const stopReading = device ? readOn(file, clock, events) : () => {};
    return lineOn(file, clock, stopReading);
  };
}

function lineOn(file: FileHandle, clock: DriverClock, stopReading: () => void): Line {
  let closed = false;
  return {
    async write(bytes) {
      let offset = 0;
      while (offset < bytes.length && !closed) {
        try {
          const { bytesWritten } = await file.write(bytes, offset);
          offset += bytesWritten;
        } catch (error) {
          if (!isTryAgain(error)) throw error;
          await new Promise<void>((resolve) => clock.after(READ_EVERY_MS, resolve));
        }
      }
      if (closed) throw new Error('The file is closed');
    },
    async close() {
      if (closed) return;
      closed = true;
      stopReading();
      await file.close();
    },
  };
}

/** A device file has no events: it is asked again and again. A blocking read would hold a thread of the pool for ever. */
function readOn(file: FileHandle, clock: DriverClock, events: LineEvents): () => void {
  const buffer = new Uint8Array(READ_BYTES);
  let stopped = false;
  let cancel = clock.after(READ_EVERY_MS, () => void readOnce());

  async function readOnce(): Promise<void> {
    try {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null);
      if (stopped) return;
      if (bytesRead > 0) events.bytes(buffer.slice(0, bytesRead));
    } catch (error) {
      if (stopped) return;
      if (!isTryAgain(error)) return events.lost(error);
    }
    cancel = clock.after(READ_EVERY_MS, () => void readOnce());
  }

  return () => {
    stopped = true;
    cancel();
  };
}

function isDevicePath(path: string): boolean {
  return path.startsWith('/dev/') || path.startsWith('\\\\.\\');
}

function isTryAgain(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
