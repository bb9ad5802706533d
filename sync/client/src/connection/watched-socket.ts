import { AsyncLocalStorage } from 'node:async_hooks';
import { type ClientOptions, WebSocket } from 'ws';
import { FEED_OPENING_TIMEOUT_MS, HINT_BYTES_MAX, PING_EVERY_MS, SOCKET_SILENCE_MAX_MS } from '../limits.ts';

/** How long a socket may be silent, and how often it is asked; tests are in a hurry. */
export type SocketWatch = { readonly pingEveryMs: number; readonly silenceMaxMs: number };

export const SOCKET_WATCH: SocketWatch = { pingEveryMs: PING_EVERY_MS, silenceMaxMs: SOCKET_SILENCE_MAX_MS };

/**
 * The sockets that one attempt has opened. The subscription link opens them deep inside, some time later, and forgets those that open
 * after it gave up; whoever began the attempt ends them through this.
 */
export type AttemptSockets = { readonly watch: SocketWatch; readonly open: Set<WebSocket>; isEnded: boolean };

export const attemptSockets = new AsyncLocalStorage<AttemptSockets>();

/**
 * A WebSocket that notices when nobody is there any more. A peer must answer a ping (RFC 6455, 5.5.2); AppSync's own keep-alive lets
 * five minutes pass. What is silent for too long is cut, and its `close` follows at once.
 */
export function openWatchedSocket(url: string, protocols: string | string[]): WebSocket {
  const attempt = attemptSockets.getStore();
  const options: ClientOptions = { handshakeTimeout: FEED_OPENING_TIMEOUT_MS, maxPayload: HINT_BYTES_MAX };
  const socket = new WebSocket(url, protocols, options);
  // Errors are told by `close`, which follows each of them; without a listener they would be thrown.
  socket.on('error', () => socket.terminate());
  if (!attempt) return socket;
  if (attempt.isEnded) socket.terminate();
  attempt.open.add(socket);
  socket.once('close', () => attempt.open.delete(socket));
  socket.once('open', () => watch(socket, attempt.watch));
  return socket;
}

export function endAttempt(attempt: AttemptSockets): void {
  attempt.isEnded = true;
  for (const socket of [...attempt.open]) socket.terminate();
}

function watch(socket: WebSocket, { pingEveryMs, silenceMaxMs }: SocketWatch): void {
  let heardAtMs = performance.now();
  const heard = (): void => {
    heardAtMs = performance.now();
  };
  socket.on('message', heard);
  socket.on('ping', heard);
  socket.on('pong', heard);
  const timer = setInterval(() => {
    if (performance.now() - heardAtMs >= silenceMaxMs) socket.terminate();
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, pingEveryMs);
  socket.once('close', () => clearInterval(timer));
}
