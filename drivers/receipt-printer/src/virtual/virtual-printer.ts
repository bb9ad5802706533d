import type { DriverClock, Unsubscribe } from '@evertill/driver-contract';
import { commandReader } from './command-reader.ts';
import { interpreter } from './interpreter.ts';
import type { Roll, RollItem } from './roll.ts';

export type VirtualPrinterOptions = {
  columns: 32 | 42 | 48;
  clock: DriverClock;
  /** Told of every byte that arrives while it is switched on. */
  onReceived?: (bytes: Uint8Array) => void;
};

/** What the twin shows and what can be done to it by hand. */
export type VirtualPrinter = {
  readonly roll: Roll;
  /** How often its knife ever cut; kept while it is switched off. */
  readonly cuts: number;
  readonly drawerKicks: readonly { pin: 2 | 5; onMs: number }[];
  readonly receivedBytes: number;
  /** Byte sequences that are no command of this printer. */
  readonly unknown: readonly (readonly number[])[];
  readonly powered: boolean;
  /** Called after something was printed, cut or kicked, and after a change by hand. */
  onChange(callback: () => void): Unsubscribe;
  /** Its end of the cable. */
  receive(bytes: Uint8Array): void;
  onAnswer(callback: (bytes: Uint8Array) => void): Unsubscribe;
  onPower(callback: (powered: boolean) => void): Unsubscribe;
  /** Bytes that were received and not carried out yet. */
  readonly buffered: number;

  /** The paper ends after so many more printed lines. */
  paperOutAfterLines(lines: number): void;
  loadPaper(): void;
  openCover(): void;
  closeCover(): void;
  powerOff(): void;
  powerOn(): void;
  /** Switched off when the nth further byte has arrived; what it holds in its memory is lost. */
  powerOffAtByte(count: number): void;
  /** Lines a second; 0 is at once. */
  setSpeed(linesPerSecond: number): void;
  /** Takes the printed paper away. */
  tearOff(): void;
};

/** So much a printer remembers of what it printed: a day in a shop, not a year. */
const ROLL_ITEMS_MAX = 200_000;
const RECORDED_MAX = 10_000;

/**
 * An ESC/POS printer made of nothing: it answers, prints on a roll that can be looked at, runs out of paper, loses power.
 * Real-time requests are answered on arrival, everything else in its turn; while it is off-line its buffer waits.
 */
export function virtualPrinter({ columns, clock, onReceived }: VirtualPrinterOptions): VirtualPrinter {
  return new Twin(columns, clock, onReceived ?? (() => {}));
}

class Twin implements VirtualPrinter {
  readonly roll: Roll;
  cuts = 0;
  readonly drawerKicks: { pin: 2 | 5; onMs: number }[] = [];
  readonly unknown: (readonly number[])[] = [];
  receivedBytes = 0;
  powered = true;
  readonly #clock: DriverClock;
  readonly #onReceived: (bytes: Uint8Array) => void;
  readonly #reader = commandReader();
  readonly #interpreter;
  readonly #changed = new Set<() => void>();
  readonly #answered = new Set<(bytes: Uint8Array) => void>();
  readonly #switched = new Set<(powered: boolean) => void>();
  #buffer: number[] = [];
  #realTime: number[] = [];
  #coverOpen = false;
  #linesLeft = Number.POSITIVE_INFINITY;
  #bytesUntilPowerOff = Number.POSITIVE_INFINITY;
  #lineTakesMs = 0;
  #busy = false;
  #working = false;
  #cancelWork: () => void = () => {};

  constructor(columns: number, clock: DriverClock, onReceived: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#onReceived = onReceived;
    this.roll = { columns, items: [] };
    this.#interpreter = interpreter(columns, {
      print: (item) => this.#print(item),
      pulse: (drawer) => {
        if (this.drawerKicks.length < RECORDED_MAX) this.drawerKicks.push(drawer);
        this.#tell();
      },
      answer: (bytes) => this.#answer(bytes),
      cuts: () => this.cuts,
      realTimeStatus: (n) => this.#status(n),
      unknown: (bytes) => {
        if (this.unknown.length < RECORDED_MAX) this.unknown.push(bytes);
      },
    });
  }

  get buffered(): number {
    return this.#buffer.length;
  }

  onChange(callback: () => void): Unsubscribe {
    this.#changed.add(callback);
    return () => this.#changed.delete(callback);
  }

  onAnswer(callback: (bytes: Uint8Array) => void): Unsubscribe {
    this.#answered.add(callback);
    return () => this.#answered.delete(callback);
  }

  onPower(callback: (powered: boolean) => void): Unsubscribe {
    this.#switched.add(callback);
    return () => this.#switched.delete(callback);
  }

  receive(bytes: Uint8Array): void {
    if (!this.powered) return;
    const taken = bytes.subarray(0, Math.min(bytes.length, this.#bytesUntilPowerOff));
    this.#bytesUntilPowerOff -= taken.length;
    this.receivedBytes += taken.length;
    this.#onReceived(taken);
    for (const byte of taken) {
      this.#buffer.push(byte);
      this.#watchForRealTime(byte);
    }
    this.#work();
    if (this.#bytesUntilPowerOff <= 0) this.powerOff();
  }

  paperOutAfterLines(lines: number): void {
    this.#linesLeft = lines;
    this.#tell();
  }

  loadPaper(): void {
    this.#linesLeft = Number.POSITIVE_INFINITY;
    this.#goOn();
  }

  openCover(): void {
    this.#coverOpen = true;
    this.#tell();
  }

  closeCover(): void {
    this.#coverOpen = false;
    this.#goOn();
  }

  powerOff(): void {
    if (!this.powered) return;
    this.powered = false;
    this.#bytesUntilPowerOff = Number.POSITIVE_INFINITY;
    this.#cancelWork();
    this.#busy = false;
    this.#buffer = [];
    this.#realTime = [];
    this.#reader.reset();
    this.#interpreter.reset();
    for (const callback of this.#switched) callback(false);
    this.#tell();
  }

  powerOn(): void {
    if (this.powered) return;
    this.powered = true;
    for (const callback of this.#switched) callback(true);
    this.#tell();
  }

  powerOffAtByte(count: number): void {
    this.#bytesUntilPowerOff = count;
  }

  setSpeed(linesPerSecond: number): void {
    this.#lineTakesMs = linesPerSecond === 0 ? 0 : 1_000 / linesPerSecond;
  }

  tearOff(): void {
    this.roll.items.length = 0;
    this.#tell();
  }

  get #online(): boolean {
    return this.powered && !this.#coverOpen && this.#linesLeft > 0;
  }

  #goOn(): void {
    this.#tell();
    this.#work();
  }

  /** Carries out what is in the buffer, as fast as the paper goes, for as long as it is on-line. */
  #work(): void {
    if (this.#working) return;
    this.#working = true;
    let done = 0;
    while (done < this.#buffer.length && this.#online && !this.#busy) {
      const command = this.#reader.read(this.#buffer[done] ?? 0);
      done += 1;
      if (command !== null) this.#interpreter.execute(command);
    }
    // Switching off in the middle has emptied it already.
    this.#buffer.splice(0, done);
    this.#working = false;
  }

  #print(item: RollItem): void {
    if (this.roll.items.length < ROLL_ITEMS_MAX) this.roll.items.push(item);
    if (item.kind === 'cut') this.cuts += 1;
    if (item.kind === 'line') {
      this.#linesLeft -= 1;
      if (this.#lineTakesMs > 0) this.#rest();
    }
    this.#tell();
  }

  #rest(): void {
    this.#busy = true;
    this.#cancelWork = this.#clock.after(this.#lineTakesMs, () => {
      this.#busy = false;
      this.#work();
    });
  }

  /** DLE EOT n is answered on arrival, also between the bytes of another command (which it thereby spoils). */
  #watchForRealTime(byte: number): void {
    this.#realTime = [...this.#realTime.slice(-2), byte];
    const [dle, eot, n] = this.#realTime;
    if (dle === 0x10 && eot === 0x04 && n !== undefined && n >= 1 && n <= 4) this.#answer([this.#status(n)]);
  }

  #status(n: number): number {
    const paperOut = this.#linesLeft <= 0;
    if (n === 1) return 0x12 | (this.#online ? 0 : 0x08);
    if (n === 2) return 0x12 | (this.#coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0);
    if (n === 4) return 0x12 | (paperOut ? 0x6c : 0);
    return 0x12;
  }

  #answer(bytes: readonly number[]): void {
    for (const callback of this.#answered) callback(new Uint8Array(bytes));
  }

  #tell(): void {
    for (const callback of this.#changed) callback();
  }
}
