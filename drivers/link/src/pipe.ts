import type { DriverClock, Link, Unsubscribe } from '@evertill/driver-contract';
import type { Line, LineEvents } from './line.ts';
import { LINK_LIMITS, type LinkLimits } from './link-limits.ts';
import { ReconnectingLink } from './reconnecting-link.ts';
import { systemClock } from './system-clock.ts';

/** The device's end of a pipe. */
export type FarEnd = {
  onBytes(callback: (bytes: Uint8Array) => void): Unsubscribe;
  /** Sends to the near end; lost while the cable is out. */
  write(bytes: Uint8Array): void;
  /** Pulls the cable. The near end notices at once, and finds the device again after `plug`. */
  unplug(): void;
  plug(): void;
  /** From now on bytes are not taken: writes of the near end hang until their deadline. */
  stall(stalled: boolean): void;
};

/** A cable in memory: the same link as every other, with the device's end in the same process. */
export function pipe(options: { clock?: DriverClock; limits?: Partial<LinkLimits> } = {}): { link: Link; far: FarEnd } {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  let plugged = true;
  let stalled = false;
  let near: LineEvents | null = null;

  const openLine = async (events: LineEvents): Promise<Line> => {
    if (!plugged) throw new Error('The cable is out');
    near = events;
    return {
      write: (bytes) =>
        stalled
          ? new Promise(() => {})
          : Promise.resolve().then(() => {
              for (const listener of listeners) listener(bytes.slice());
            }),
      close: async () => {
        if (near === events) near = null;
      },
    };
  };

  const link = new ReconnectingLink(openLine, options.clock ?? systemClock, { ...LINK_LIMITS, ...options.limits });
  const far: FarEnd = {
    onBytes(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    write: (bytes) => near?.bytes(bytes.slice()),
    unplug() {
      plugged = false;
      near?.lost(new Error('The cable was pulled'));
      near = null;
    },
    plug() {
      plugged = true;
    },
    stall(value) {
      stalled = value;
    },
  };
  return { link, far };
}
