import { createConnection } from 'node:net';
import type { TcpSettings } from '@evertill/driver-contract';
import type { Line, OpenLine } from './line.ts';

/** First keep-alive probe; the system's own spacing follows. Drivers that poll notice a dead peer sooner. */
const KEEP_ALIVE_AFTER_MS = 2_000;

/** A device with a network port of its own. */
export function tcpLine({ host, port }: TcpSettings): OpenLine {
  return (events) =>
    new Promise<Line>((resolve, reject) => {
      const socket = createConnection({
        host,
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
      });
      socket.on('data', (bytes) => events.bytes(new Uint8Array(bytes)));
      // `allowHalfOpen` is off: the far end's FIN ends the socket, so that a printer that was switched off is noticed.
      socket.on('error', (error) => {
        reject(error);
        events.lost(error);
      });
      socket.on('close', () => {
        reject(new Error('The connection was closed'));
        events.lost(new Error('The connection was closed'));
      });
      socket.on('connect', () => {
        resolve({
          write: (bytes) =>
            new Promise((written, failed) => {
              socket.write(bytes, (error) => (error ? failed(error) : written()));
            }),
          close: ({ discard }) =>
            new Promise((closed) => {
              if (socket.closed) return closed();
              socket.on('close', () => closed());
              if (discard) socket.destroy();
              else socket.end(() => socket.destroy());
            }),
        });
      });
    });
}
