/** What bounds a link. The longest wait plus the connect deadline stay below the 5 s in which a device must be back (IT-03). */
export type LinkLimits = {
  /** Wait before the first, second, … attempt to reconnect; the last one repeats. */
  backoffMs: readonly number[];
  connectDeadlineMs: number;
  /** How long releasing a port may take before it is left to the operating system. */
  closeDeadlineMs: number;
  /** Bytes handed to `write` that the operating system has not taken yet. */
  pendingBytesMax: number;
};

export const LINK_LIMITS: LinkLimits = {
  backoffMs: [200, 400, 800, 1_500],
  connectDeadlineMs: 3_000,
  closeDeadlineMs: 1_000,
  pendingBytesMax: 512 * 1024,
};
