/** Cancels a timer that has not fired. Calling it later or again does nothing. */
export type CancelTimer = () => void;

/** Time as drivers see it: read and waited for through this, so that tests own both. */
export type DriverClock = {
  /** Epoch milliseconds. Used for stamps and for durations; a driver must not conclude order from it. */
  nowMs(): number;
  /** Calls back once, `delayMs` from now at the earliest. */
  after(delayMs: number, callback: () => void): CancelTimer;
};
