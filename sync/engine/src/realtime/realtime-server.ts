import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Subscription } from '../graphql/graphql-api.ts';
import { REALTIME_LIMITS, RealtimeConnection } from './realtime-connection.ts';
import type { RealtimeNeeds } from './realtime-connection.ts';

export interface RealtimeServerNeeds extends RealtimeNeeds {
  /** A socket that broke, or that its client misused: no fault of the hub. */
  onSocketError: (error: Error) => void;
  /** How long a socket may connect and say nothing; ten seconds by default. */
  initTimeoutMs?: number;
}

const SUBPROTOCOL = 'graphql-ws';
const HEADER_SUBPROTOCOL = 'header-';
const MESSAGE_BYTES_MAX = 64 * 1024;
const CONNECTIONS_MAX = 2_000;
/** A socket that connects and says nothing is let go. */
const INIT_TIMEOUT_MS = 10_000;
/** AppSync ends a connection after a day; so does the hub, so that clients are used to it. */
const CONNECTION_AGE_MAX_MS = 24 * 60 * 60 * 1000;

/** AppSync's real-time endpoint: takes upgrades, authenticates them, and fans published values out. */
export class RealtimeServer {
  readonly #needs: RealtimeServerNeeds;
  readonly #sockets: WebSocketServer;
  readonly #connections = new Map<WebSocket, RealtimeConnection>();
  readonly #keepAlive: NodeJS.Timeout;

  constructor(needs: RealtimeServerNeeds) {
    this.#needs = needs;
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MESSAGE_BYTES_MAX,
      handleProtocols: (protocols) => (protocols.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
    this.#keepAlive = setInterval(() => {
      for (const connection of this.#connections.values()) connection.keepAlive();
    }, REALTIME_LIMITS.keepAliveMs);
    this.#keepAlive.unref();
  }

  get #initTimeoutMs(): number {
    return this.#needs.initTimeoutMs ?? INIT_TIMEOUT_MS;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Answers an upgrade. Who may not connect learns it in AppSync's words, over the socket: a status of HTTP would not reach a page. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Without a listener a client that goes now would end the process.
    socket.on('error', this.#needs.onSocketError);
    const isFull = this.#connections.size >= CONNECTIONS_MAX;
    const authorization = connectionHeader(request);
    const caller = authorization && !isFull ? await this.#needs.authenticate(authorization) : undefined;
    if (socket.destroyed) return;
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', this.#needs.onSocketError);
      if (caller) this.#serve(webSocket);
      else refuseConnection(webSocket, isFull, this.#initTimeoutMs);
    });
  }

  publish(field: string, value: unknown): void {
    const answers = new Map<unknown, Promise<string>>();
    const answerFor = (subscription: Subscription): Promise<string> => {
      let answer = answers.get(subscription.likeness);
      if (!answer) {
        answer = subscription.answer(value).then((answered) => JSON.stringify(answered));
        answers.set(subscription.likeness, answer);
      }
      return answer;
    };
    for (const connection of this.#connections.values()) connection.deliver(field, value, answerFor);
  }

  close(): void {
    clearInterval(this.#keepAlive);
    for (const socket of this.#connections.keys()) socket.terminate();
    this.#sockets.close();
  }

  #serve(webSocket: WebSocket): void {
    const connection = new RealtimeConnection(
      {
        send: (text) => webSocket.send(text),
        bufferedBytes: () => webSocket.bufferedAmount,
        close: (code, reason) => webSocket.close(code, reason),
      },
      this.#needs,
    );
    this.#connections.set(webSocket, connection);
    const init = setTimeout(() => connection.isAcknowledged || webSocket.terminate(), this.#initTimeoutMs);
    const age = setTimeout(() => webSocket.close(1000, 'A day is over'), CONNECTION_AGE_MAX_MS);
    for (const timer of [init, age]) timer.unref();
    webSocket.on('message', (data, isBinary) => {
      if (isBinary) return webSocket.close(1003, 'Text only');
      connection.receive(String(data)).catch(this.#needs.onFault);
    });
    webSocket.on('close', () => {
      clearTimeout(init);
      clearTimeout(age);
      connection.closed();
      this.#connections.delete(webSocket);
    });
  }
}

/** In answer to the client's first message, as AppSync does: what is sent before it, AWS's own link does not hear. */
function refuseConnection(webSocket: WebSocket, isFull: boolean, timeoutMs: number): void {
  const [errorType, errorCode] = isFull ? ['LimitExceededError', 429] : ['UnauthorizedException', 401];
  const silent = setTimeout(() => webSocket.terminate(), timeoutMs);
  webSocket.once('message', () => {
    const errors = [{ errorType, message: 'Connection refused', errorCode }];
    webSocket.send(JSON.stringify({ type: 'connection_error', payload: { errors } }));
    webSocket.close(isFull ? 1013 : 4401);
  });
  webSocket.once('close', () => clearTimeout(silent));
}

/** The header object of a connection: in the subprotocol `header-<base64url>`, or, as older clients send it, in the query. */
function connectionHeader(request: IncomingMessage): Record<string, unknown> | undefined {
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  const encoded =
    protocols.find((protocol) => protocol.startsWith(HEADER_SUBPROTOCOL))?.slice(HEADER_SUBPROTOCOL.length) ??
    new URLSearchParams((request.url ?? '').split('?')[1]).get('header');
  if (!encoded) return undefined;
  try {
    const header: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return typeof header === 'object' && header !== null ? { ...header } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
