import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

type Started = { id: string; socket: WebSocket };

/** AppSync's realtime protocol, as much as a subscription needs, on the loopback interface. */
export type RealtimeServer = {
  readonly url: string;
  /** How the server behaves to whoever comes next. */
  behave: 'well' | 'refuses' | 'never-acknowledges' | 'never-starts';
  /** Subscriptions that are live, in order of their coming. */
  readonly started: Started[];
  readonly tokens: string[];
  sockets(): number;
  hint(collections: Record<string, number>): void;
  /** The line goes dead without a word: nothing is answered and nothing is closed. */
  goSilent(): void;
  dispose(): Promise<void>;
};

/** @param handle Answers queries and mutations; without it they are not found. @param port 0 for any. */
export async function startRealtimeServer(handle?: (body: string) => string, port = 0): Promise<RealtimeServer> {
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(handle ? 200 : 404, { 'content-type': 'application/json' });
      response.end(handle?.(Buffer.concat(chunks).toString('utf8')));
    });
  });
  const sockets = new WebSocketServer({
    server: http,
    path: '/graphql/realtime',
    handleProtocols: (protocols) => (protocols.has('graphql-ws') ? 'graphql-ws' : false),
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const server: RealtimeServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
    behave: 'well',
    started: [],
    tokens: [],
    sockets: () => sockets.clients.size,
    hint(collections) {
      const hint = Object.entries(collections).map(([collection, seq]) => ({ collection, seq }));
      const data = { onHint: { tenant: 'acme', store: 'berlin-1', collections: hint } };
      for (const { id, socket } of server.started) say(socket, { id, type: 'data', payload: { data } });
    },
    goSilent() {
      for (const socket of sockets.clients) {
        // `ws` answers pings by itself; nothing is read from here on, as on a line that was cut.
        socket.pause();
        socket.removeAllListeners('message');
      }
      server.started.length = 0;
    },
    async dispose() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  sockets.on('connection', (socket, request) => {
    server.tokens.push(tokenOf(request.headers['sec-websocket-protocol'] ?? ''));
    socket.on('message', (bytes: Buffer) => answer(server, socket, JSON.parse(bytes.toString('utf8')) as Message));
    socket.on('close', () => {
      const index = server.started.findIndex((one) => one.socket === socket);
      if (index >= 0) server.started.splice(index, 1);
    });
  });
  return server;
}

type Message = { type: string; id?: string };

function answer(server: RealtimeServer, socket: WebSocket, { type, id = '' }: Message): void {
  if (type === 'connection_init') {
    if (server.behave === 'never-acknowledges') return;
    if (server.behave === 'refuses') {
      const errors = [{ errorType: 'UnauthorizedException', errorCode: 401 }];
      return say(socket, { type: 'connection_error', payload: { errors } });
    }
    return say(socket, { type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } });
  }
  if (type === 'start' && server.behave === 'well') {
    server.started.push({ id, socket });
    return say(socket, { id, type: 'start_ack', payload: null });
  }
  if (type === 'stop') say(socket, { id, type: 'complete' });
}

function say(socket: WebSocket, message: unknown): void {
  socket.send(JSON.stringify(message));
}

/** The JWT in the subprotocol `header-<base64url>`. */
function tokenOf(protocols: string): string {
  const header = protocols
    .split(',')
    .map((one) => one.trim())
    .find((one) => one.startsWith('header-'));
  if (!header) return '';
  const { Authorization = '' } = JSON.parse(Buffer.from(header.slice(7), 'base64url').toString('utf8')) as Record<
    string,
    string
  >;
  return Authorization;
}
