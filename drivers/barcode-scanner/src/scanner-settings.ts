/** How one scanner is configured. Plain JSON: the set-up wizard stores it. */
export type ScannerSettings = {
  /** Ends a scan without terminator after so much silence; `null`: only a terminator ends one. */
  idleGapMs: number | null;
  /** The scanner was told to send AIM symbology identifiers (`]E0`): they are taken off and reported. */
  aimPrefix: boolean;
  /** Shorter reads are noise on the line. Characters. */
  lengthMin: number;
  /** Longer reads are dropped as a whole. Bytes. */
  lengthMax: number;
  /** More in one second than any person scans: a stuck trigger, a wrong baud rate, a scanner emptying its memory. */
  scansPerSecondMax: number;
  bytesPerSecondMax: number;
  /** Silence that ends a flood. */
  calmMs: number;
  /**
   * Drops the same code read again within so many milliseconds, for goods that bear two symbols. `null`, because a cashier
   * scans two of the same thing faster than that.
   */
  repeatWithinMs: number | null;
};

export const SCANNER_SETTINGS: ScannerSettings = {
  idleGapMs: 120,
  aimPrefix: false,
  lengthMin: 3,
  lengthMax: 1_024,
  scansPerSecondMax: 20,
  bytesPerSecondMax: 16_384,
  calmMs: 1_000,
  repeatWithinMs: null,
};
