/** What the shop needs from outside: clocks, chance, the line, and where it writes. */
export type World = {
  readonly nowMs: () => number;
  /** Minutes that local time is ahead of UTC at that moment. */
  readonly tzOffsetMin: () => number;
  readonly newId: () => string;
  readonly random: { bytes(count: number): Uint8Array; int(below: number): number };
  readonly fetch: typeof fetch;
  readonly out: (line: string) => void;
  /** Ends what runs until it is told to end. */
  readonly ended: AbortSignal;
};
