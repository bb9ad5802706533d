import type {
  BarcodeScanner,
  CancelTimer,
  DriverClock,
  Link,
  Scan,
  ScannerState,
  Unsubscribe,
} from '@evertill/driver-contract';
import { frames } from './frames.ts';
import { readCode } from './read-code.ts';
import { SCANNER_SETTINGS, type ScannerSettings } from './scanner-settings.ts';

export type SerialScannerOptions = { link: Link; clock: DriverClock; settings?: Partial<ScannerSettings> };

/** A scanner that sends what it reads as text over a serial line (RS-232, USB-COM, TCP). */
export function serialScanner(options: SerialScannerOptions): BarcodeScanner {
  return new SerialScanner(options);
}

const SECOND_MS = 1_000;

class SerialScanner implements BarcodeScanner {
  readonly #link: Link;
  readonly #clock: DriverClock;
  readonly #settings: ScannerSettings;
  readonly #frames;
  readonly #scanListeners = new Set<(scan: Scan) => void>();
  readonly #stateListeners = new Set<(state: ScannerState) => void>();
  readonly #stops: Unsubscribe[];
  #flooded = false;
  #state: ScannerState;
  #cancelSilence: CancelTimer = () => {};
  #second = { startedAtMs: 0, scans: 0, bytes: 0 };
  #last: Scan | null = null;

  constructor({ link, clock, settings }: SerialScannerOptions) {
    this.#link = link;
    this.#clock = clock;
    this.#settings = { ...SCANNER_SETTINGS, ...settings };
    this.#frames = frames(this.#settings.lengthMax);
    this.#state = this.#stateNow();
    this.#stops = [link.onBytes((bytes) => this.#hear(bytes)), link.onState(() => this.#lineChanged())];
  }

  get state(): ScannerState {
    return this.#state;
  }

  onState(callback: (state: ScannerState) => void): Unsubscribe {
    this.#stateListeners.add(callback);
    return () => this.#stateListeners.delete(callback);
  }

  onScan(callback: (scan: Scan) => void): Unsubscribe {
    this.#scanListeners.add(callback);
    return () => this.#scanListeners.delete(callback);
  }

  async dispose(): Promise<void> {
    this.#cancelSilence();
    for (const stop of this.#stops) stop();
  }

  #hear(bytes: Uint8Array): void {
    const atMs = this.#clock.nowMs();
    this.#cancelSilence();
    this.#count(atMs, { scans: 0, bytes: bytes.length });
    if (!this.#flooded) for (const read of this.#frames.push(bytes)) this.#take(read, atMs);
    this.#awaitSilence(atMs);
  }

  /** One timer serves both: the gap that ends a read, the calm that ends a flood. */
  #awaitSilence(lastByteAtMs: number): void {
    const { idleGapMs, calmMs } = this.#settings;
    if (this.#flooded) {
      this.#cancelSilence = this.#clock.after(calmMs, () => this.#setFlooded(false));
    } else if (idleGapMs !== null && this.#frames.held > 0) {
      this.#cancelSilence = this.#clock.after(idleGapMs, () => {
        for (const read of this.#frames.silence()) this.#take(read, lastByteAtMs);
      });
    }
  }

  #take(bytes: Uint8Array, atMs: number): void {
    this.#count(atMs, { scans: 1, bytes: 0 });
    if (this.#flooded) return;
    const read = readCode(bytes, this.#settings);
    if (read === null) return;
    const scan: Scan = { ...read, atMs };
    const { repeatWithinMs } = this.#settings;
    const repeated =
      repeatWithinMs !== null && this.#last?.code === scan.code && atMs - this.#last.atMs < repeatWithinMs;
    if (repeated) return;
    this.#last = scan;
    for (const listener of this.#scanListeners) listener(scan);
  }

  #count(atMs: number, { scans, bytes }: { scans: number; bytes: number }): void {
    // A clock that was set back starts a new second as well.
    const elapsedMs = atMs - this.#second.startedAtMs;
    if (elapsedMs < 0 || elapsedMs >= SECOND_MS) this.#second = { startedAtMs: atMs, scans: 0, bytes: 0 };
    this.#second.scans += scans;
    this.#second.bytes += bytes;
    const { scansPerSecondMax, bytesPerSecondMax } = this.#settings;
    if (this.#second.scans > scansPerSecondMax || this.#second.bytes > bytesPerSecondMax) this.#setFlooded(true);
  }

  #setFlooded(flooded: boolean): void {
    this.#flooded = flooded;
    this.#frames.reset();
    if (!flooded) this.#second = { startedAtMs: this.#clock.nowMs(), scans: 0, bytes: 0 };
    this.#show();
  }

  #lineChanged(): void {
    // Half a read from before the loss must not join the first one after it.
    this.#frames.reset();
    this.#cancelSilence();
    this.#flooded = false;
    this.#show();
  }

  #stateNow(): ScannerState {
    if (this.#link.state !== 'open') return 'offline';
    return this.#flooded ? 'flooded' : 'ready';
  }

  #show(): void {
    const state = this.#stateNow();
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
