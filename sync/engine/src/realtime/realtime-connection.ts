import type { Caller } from '../graphql/caller.ts';
import type { GraphqlApi, Subscription } from '../graphql/graphql-api.ts';
import { readClientMessage, subscriptionData } from './messages.ts';
import type { ClientMessage, ServerMessage } from './messages.ts';

/** The socket as a connection sees it, so that the protocol runs in tests without one. */
export interface RealtimeSocket {
  send(text: string): void;
  /** Bytes handed over and not yet taken by the network. */
  bufferedBytes(): number;
  close(code: number, reason: string): void;
}

export interface RealtimeNeeds {
  api: Pick<GraphqlApi, 'subscribe'>;
  /** Who a `start` message's authorization names; `undefined` for nobody. */
  authenticate: (authorization: Record<string, unknown>) => Promise<Caller | undefined>;
  onFault: (error: unknown) => void;
}

export const REALTIME_LIMITS = {
  /** AppSync's: without a message for so long the client gives the connection up. */
  connectionTimeoutMs: 300_000,
  keepAliveMs: 60_000,
  subscriptions: 100,
  /** A client that does not read is let go; it pulls when it comes back, so nothing is lost. */
  bufferedBytes: 1024 * 1024,
} as const;

/** One client on the real-time endpoint: subscriptions by the ids the client gave. */
export class RealtimeConnection {
  readonly #socket: RealtimeSocket;
  readonly #needs: RealtimeNeeds;
  /** `null` while its resolver decides. */
  readonly #subscriptions = new Map<string, Subscription | null>();
  #isAcknowledged = false;
  #isClosed = false;

  constructor(socket: RealtimeSocket, needs: RealtimeNeeds) {
    this.#socket = socket;
    this.#needs = needs;
  }

  get isAcknowledged(): boolean {
    return this.#isAcknowledged;
  }

  async receive(text: string): Promise<void> {
    const read = readClientMessage(text);
    if (!read.ok)
      this.#send({ type: 'error', payload: { errors: [{ errorType: read.errorType, message: 'Unknown message' }] } });
    else if (read.message.type === 'connection_init') this.#acknowledge();
    else if (!this.#isAcknowledged) this.#socket.close(1002, 'connection_init comes first');
    else if (read.message.type === 'stop') this.#stop(read.message.id);
    else await this.#start(read.message);
  }

  keepAlive(): void {
    if (this.#isAcknowledged) this.#send({ type: 'ka' });
  }

  /** Hands a published value to every subscription that it is for. `answerFor`: the value as a subscription's answer, as JSON. */
  deliver(field: string, value: unknown, answerFor: (subscription: Subscription) => Promise<string>): void {
    for (const [id, subscription] of this.#subscriptions) {
      if (subscription?.field !== field || !subscription.matches(value)) continue;
      answerFor(subscription)
        .then((payload) => {
          if (this.#subscriptions.get(id) !== subscription) return;
          this.#sendText(`{"type":"data","id":${JSON.stringify(id)},"payload":${payload}}`);
        })
        .catch(this.#needs.onFault);
    }
  }

  closed(): void {
    this.#isClosed = true;
    this.#subscriptions.clear();
  }

  #acknowledge(): void {
    this.#isAcknowledged = true;
    this.#send({ type: 'connection_ack', payload: { connectionTimeoutMs: REALTIME_LIMITS.connectionTimeoutMs } });
    this.#send({ type: 'ka' });
  }

  #stop(id: string): void {
    const isKnown = this.#subscriptions.delete(id);
    if (isKnown) this.#send({ type: 'complete', id });
    else this.#refuse(id, 'UnknownOperationError', `There is no subscription ${id}`);
  }

  async #start({ id, payload }: Extract<ClientMessage, { type: 'start' }>): Promise<void> {
    if (this.#subscriptions.has(id))
      return this.#refuse(id, 'DuplicatedOperationError', `There is a subscription ${id} already`);
    if (this.#subscriptions.size >= REALTIME_LIMITS.subscriptions) {
      return this.#refuse(id, 'MaxSubscriptionsReachedError', `At most ${REALTIME_LIMITS.subscriptions} subscriptions`);
    }
    this.#subscriptions.set(id, null);
    try {
      const outcome = await this.#subscribe(payload);
      // Stopped meanwhile, or the socket has gone.
      if (!this.#subscriptions.has(id)) return;
      if ('errors' in outcome) {
        this.#subscriptions.delete(id);
        this.#send({ type: 'error', id, payload: outcome });
        return;
      }
      this.#subscriptions.set(id, outcome);
      this.#send({ type: 'start_ack', id });
    } catch (error) {
      this.#subscriptions.delete(id);
      this.#needs.onFault(error);
      this.#refuse(id, 'InternalFailure', 'The hub could not carry this out');
    }
  }

  async #subscribe(
    payload: Extract<ClientMessage, { type: 'start' }>['payload'],
  ): Promise<Subscription | { errors: object[] }> {
    const caller = await this.#needs.authenticate(payload.extensions.authorization);
    if (!caller)
      return { errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }] };
    const request = subscriptionData.safeParse(jsonOf(payload.data));
    if (!request.success)
      return { errors: [{ errorType: 'BadRequestException', message: 'data is no GraphQL request' }] };
    const { query, variables, operationName } = request.data;
    return this.#needs.api.subscribe({ query, variables, operationName }, caller);
  }

  #refuse(id: string, errorType: string, message: string): void {
    this.#send({ type: 'error', id, payload: { errors: [{ errorType, message }] } });
  }

  #send(message: ServerMessage): void {
    this.#sendText(JSON.stringify(message));
  }

  #sendText(text: string): void {
    if (this.#isClosed) return;
    if (this.#socket.bufferedBytes() > REALTIME_LIMITS.bufferedBytes) {
      this.closed();
      this.#socket.close(1008, 'The client does not read');
      return;
    }
    this.#socket.send(text);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
