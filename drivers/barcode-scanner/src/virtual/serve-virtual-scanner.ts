import { createServer, type AddressInfo, type Socket } from 'node:net';

export type ServeVirtualScannerOptions = {
  /** 0 takes a free one. */
  port: number;
  host?: string;
  /** What the scanner was configured to send after each code. */
  terminator?: string;
};

export type ServedVirtualScanner = {
  port: number;
  /** How many registers listen. */
  readonly listeners: number;
  /** Reads a symbol: sends it to everyone who listens. `symbology` is an AIM identifier without `]`. */
  scan(code: string, options?: { symbology?: string }): void;
  /** Sends bytes as they are: garbage, half a code, no terminator. */
  send(bytes: Uint8Array): void;
  /** Pulls the cable, and turns away who connects until `plug`. */
  unplug(): void;
  plug(): void;
  dispose(): Promise<void>;
};

/** A barcode scanner with a network port. */
export async function serveVirtualScanner(options: ServeVirtualScannerOptions): Promise<ServedVirtualScanner> {
  const { terminator = '\r\n' } = options;
  const sockets = new Set<Socket>();
  let plugged = true;

  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    // Scanners take commands; this one passes over them.
    socket.resume();
    if (plugged) sockets.add(socket);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });

  function send(bytes: Uint8Array): void {
    for (const socket of sockets) socket.write(bytes);
  }

  function disconnect(): void {
    for (const socket of sockets) socket.destroy();
  }

  return {
    port: (server.address() as AddressInfo).port,
    get listeners() {
      return sockets.size;
    },
    scan(code, { symbology } = {}) {
      send(Buffer.from(`${symbology === undefined ? '' : `]${symbology}`}${code}${terminator}`));
    },
    send,
    unplug() {
      plugged = false;
      disconnect();
    },
    plug() {
      plugged = true;
    },
    async dispose() {
      disconnect();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
