import type { Unsubscribe } from './subscription.ts';

/** One symbol that was read. `code` is printable text without terminator; in GS1 symbols GS (0x1d) separates elements. */
export type Scan = {
  code: string;
  /** AIM symbology identifier without its `]`, such as `E0` (EAN-13) or `C1` (GS1-128), where the scanner sends it. */
  symbology: string | null;
  /** Epoch milliseconds at which its last byte arrived. */
  atMs: number;
};

/** `offline`: the link is down. `flooded`: more arrives than any scanner reads; scans are dropped until it is calm. */
export type ScannerState = 'offline' | 'ready' | 'flooded';

export type BarcodeScanner = {
  readonly state: ScannerState;
  onState(callback: (state: ScannerState) => void): Unsubscribe;
  onScan(callback: (scan: Scan) => void): Unsubscribe;
  /** Stops listening. The link is the caller's to close. */
  dispose(): Promise<void>;
};
