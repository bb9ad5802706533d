import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Link } from '@evertill/driver-contract';
import { openLink } from '../src/index.ts';
import { bytesOf, reaches, reader } from './link-probe.ts';

describe('a tcp link', () => {
  let server: Server;
  let port: number;
  let link: Link;
  const sockets = new Set<Socket>();
  let onSocket: (socket: Socket) => void;

  async function listen(onPort = 0): Promise<void> {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      onSocket(socket);
    });
    await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  }

  async function switchOff(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((resolve) => server.close(resolve));
  }

  beforeEach(async () => {
    onSocket = () => {};
    await listen();
    link = openLink({ kind: 'tcp', host: '127.0.0.1', port });
  });

  afterEach(async () => {
    await link.dispose();
    if (server.listening) await switchOff();
  });

  it('carries bytes both ways', async () => {
    onSocket = (socket) => void socket.on('data', (bytes) => socket.write(Buffer.from(bytes).reverse()));
    const near = reader(link);
    await reaches(link, 'open');
    await link.write(bytesOf('\x10\x04\x01'), { deadlineMs: 1_000 });
    await near.includes('\x01\x04\x10');
  });

  it('[IT-03] is back after the device was switched off and on', async () => {
    await reaches(link, 'open');
    await switchOff();
    await reaches(link, 'lost');
    await listen(port);
    await reaches(link, 'open');
  });

  it('notices a far end that only ends its half of the connection', async () => {
    onSocket = (socket) => void socket.end();
    await reaches(link, 'lost');
  });

  it('ends a write to a device that stopped reading at its deadline', async () => {
    onSocket = (socket) => void socket.pause();
    await reaches(link, 'open');
    const flood = async () => {
      for (;;) await link.write(new Uint8Array(256 * 1024), { deadlineMs: 300 });
    };
    await expect(flood()).rejects.toMatchObject({ code: 'write-deadline' });
  });

  it('can be told that an answer is overdue', async () => {
    await reaches(link, 'open');
    link.reconnect('no answer to a status request');
    expect(link.state).toBe('lost');
    await reaches(link, 'open');
  });

  it('does not hang on a connect that gets no answer', async () => {
    const clockless = openLink({ kind: 'tcp', host: '127.0.0.1', port: 9 }, { limits: { backoffMs: [20] } });
    await reaches(clockless, 'lost');
    await clockless.dispose();
  });
});
