import type { Unsubscribe } from '@evertill/driver-contract';
import type { VirtualPrinter } from './virtual-printer.ts';

/** The device's end of a cable, such as `pipe().far` of `@evertill/link`. */
type CableEnd = {
  onBytes(callback: (bytes: Uint8Array) => void): Unsubscribe;
  write(bytes: Uint8Array): void;
};

/** Puts a virtual printer at the end of a cable: a serial one, which does not notice when it is switched off. */
export function plugIn(printer: VirtualPrinter, cable: CableEnd): Unsubscribe {
  const stops = [cable.onBytes((bytes) => printer.receive(bytes)), printer.onAnswer((bytes) => cable.write(bytes))];
  return () => {
    for (const stop of stops) stop();
  };
}
