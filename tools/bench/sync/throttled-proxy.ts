import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** So often the line hands on what it may. */
const TICK_MS = 10;

/** A line between registers and their hub: it can be cut, it can be thin, and it counts what went over it. */
export type ThrottledProxy = {
  readonly port: number;
  /** Bytes so far, both ways. */
  bytes(): number;
  /** Ends every connection and takes no new one. */
  cut(): void;
  /** Takes connections again; `bitsPerSecond` for each direction, `null` for as fast as it goes. */
  mend(bitsPerSecond: number | null): void;
  dispose(): Promise<void>;
};

export async function throttledProxy(target: { port: number }): Promise<ThrottledProxy> {
  const sockets = new Set<Socket>();
  let rate: number | null = null;
  let isCut = false;
  let bytes = 0;
  const pipe = (from: Socket, to: Socket, budget: Budget): void => {
    from.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (rate === null) return void to.write(chunk);
      // What may not go yet is not read either: the sender feels a thin line, not a full memory.
      from.pause();
      void budget.spend(chunk, rate, (part) => to.write(part)).then(() => from.resume());
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const budgets = { up: new Budget(), down: new Budget() };
  const server: Server = createServer((client) => {
    if (isCut) return void client.destroy();
    const hub = createConnection(target.port, '127.0.0.1');
    for (const socket of [client, hub]) sockets.add(socket.setNoDelay(true));
    pipe(client, hub, budgets.up);
    pipe(hub, client, budgets.down);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    bytes: () => bytes,
    cut() {
      isCut = true;
      end();
    },
    mend(bitsPerSecond) {
      rate = bitsPerSecond;
      isCut = false;
    },
    async dispose() {
      end();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One direction of a thin line, shared by all its connections. */
class Budget {
  #freeAtMs = 0;

  async spend(chunk: Buffer, bitsPerSecond: number, send: (part: Buffer) => void): Promise<void> {
    const bytesPerTick = Math.max(1, Math.floor((bitsPerSecond / 8 / 1000) * TICK_MS));
    for (let at = 0; at < chunk.length; at += bytesPerTick) {
      const part = chunk.subarray(at, at + bytesPerTick);
      const nowMs = performance.now();
      this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (part.length * 8 * 1000) / bitsPerSecond;
      await new Promise((resolve) => setTimeout(resolve, this.#freeAtMs - nowMs));
      send(part);
    }
  }
}
