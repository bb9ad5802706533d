import type { DriverClock } from '@evertill/driver-contract';

/** The computer's own time. */
export const systemClock: DriverClock = {
  nowMs: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
