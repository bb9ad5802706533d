import type { SerialPort } from 'serialport';
import type { SerialSettings } from '@evertill/driver-contract';
import type { Line, OpenLine } from './line.ts';

/**
 * A serial line through `serialport`. What is known about it and guarded here:
 * it sees an unplug only while somebody listens to `data`; `write` and `drain` on a closed port hang and the bytes go out at the
 * next open; a loss seen by a write closes the port twice; neither callback acknowledges anything.
 */
export function serialLine(settings: SerialSettings): OpenLine {
  return async (events) => {
    // Loaded when first needed: a register without serial devices runs where the native binding is missing.
    const { SerialPort } = await import('serialport');
    const port = new SerialPort({
      path: settings.path,
      baudRate: settings.baudRate,
      dataBits: settings.dataBits ?? 8,
      parity: settings.parity ?? 'none',
      stopBits: settings.stopBits ?? 1,
      rtscts: settings.flow === 'rts-cts',
      autoOpen: false,
    });
    // Listening starts before the port opens: without it a pulled cable is never noticed.
    port.on('data', (bytes: Uint8Array) => events.bytes(new Uint8Array(bytes)));
    port.on('error', (error) => events.lost(error));
    port.on('close', (error: unknown) => events.lost(error ?? new Error('The port was closed')));
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    return lineOn(port);
  };
}

function lineOn(port: SerialPort): Line {
  return {
    write: (bytes) =>
      new Promise((written, failed) => {
        // A closed port would keep the bytes and send them at its next open: an old receipt, hours later.
        if (!port.isOpen) return failed(new Error('The port is closed'));
        port.write(bytes, (error) => {
          if (error) return failed(error);
          port.drain((drainError) => (drainError ? failed(drainError) : written()));
        });
      }),
    close: async ({ discard }) => {
      if (!port.isOpen) return;
      if (discard) await new Promise<void>((flushed) => port.flush(() => flushed()));
      // The unplug may have closed it meanwhile; closing twice reports an error that says nothing new.
      if (port.isOpen) await new Promise<void>((closed) => port.close(() => closed()));
    },
  };
}
