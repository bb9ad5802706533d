import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client/core';
import { CONTROL_EVENTS_KEY, createSubscriptionHandshakeLink } from 'aws-appsync-subscription-link';
import { parse } from 'graphql';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { FEED_OPENING_TIMEOUT_MS } from '../limits.ts';
import {
  type AttemptSockets,
  attemptSockets,
  endAttempt,
  openWatchedSocket,
  SOCKET_WATCH,
  type SocketWatch,
} from './watched-socket.ts';

export type HintFeedOptions = {
  /** The API's URL for queries, `https://…/graphql`; the link finds the realtime address by itself. */
  readonly url: string;
  readonly store: string;
  /** The JWT; it is checked when the feed opens. */
  readonly token: string;
  readonly onOpen: () => void;
  /** Where there is more to pull. */
  readonly onHint: (collections: readonly string[]) => void;
  /** Called once, whatever ends the feed; not after `dispose`. */
  readonly onLost: (reason: string) => void;
  readonly watch?: SocketWatch;
  readonly openingTimeoutMs?: number;
};

export const HINT_SUBSCRIPTION = `subscription OnHint($store: ID!) {
  onHint(store: $store) { tenant store collections { collection seq } }
}`;

const COLLECTIONS_MAX = 100;
const hintSchema = z.object({
  onHint: z.object({ collections: z.array(z.object({ collection: z.string().max(80) })).max(COLLECTIONS_MAX) }),
});

/**
 * One attempt at hearing hints, over AWS's own subscription link. The link never reconnects, and the late close of an old socket would
 * end a new subscription on the same link: so each attempt has a link of its own, and its sockets end with it.
 */
export function openHintFeed(options: HintFeedOptions): { dispose(): void } {
  const attempt: AttemptSockets = { watch: options.watch ?? SOCKET_WATCH, open: new Set(), isEnded: false };
  let hasEnded = false;
  const end = (): boolean => {
    if (hasEnded) return false;
    hasEnded = true;
    clearTimeout(deadline);
    subscription?.unsubscribe();
    endAttempt(attempt);
    return true;
  };
  const lost = (reason: string): void => {
    if (end()) options.onLost(reason);
  };
  const deadline = setTimeout(() => lost('no answer in time'), options.openingTimeoutMs ?? FEED_OPENING_TIMEOUT_MS);

  const subscription = attemptSockets.run(attempt, () =>
    subscribe(options).subscribe({
      next(result) {
        if (hasEnded) return;
        if (result.extensions?.['controlMsgType'] === 'CONNECTED') {
          clearTimeout(deadline);
          options.onOpen();
          return;
        }
        // The link hands a refused subscription over as a result with errors.
        if (result.errors?.length) return lost(result.errors[0]?.message ?? 'refused');
        const hint = hintSchema.safeParse(result.data);
        if (hint.success) options.onHint(hint.data.onHint.collections.map(({ collection }) => collection));
      },
      error: (thrown: unknown) => lost(reasonOf(thrown)),
      complete: () => lost('the server ended it'),
    }),
  );
  if (hasEnded) subscription.unsubscribe();
  return {
    dispose() {
      end();
    },
  };
}

function subscribe({ url, store, token }: HintFeedOptions): ReturnType<typeof ApolloLink.execute> {
  const auth = { type: 'OPENID_CONNECT', jwtToken: token } as const;
  const link = createSubscriptionHandshakeLink({ url, region: 'none', auth }, new ApolloLink(neverAsked));
  watchSockets(link);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const context = { controlMessages: { [CONTROL_EVENTS_KEY]: true } };
  return ApolloLink.execute(link, { query: parse(HINT_SUBSCRIPTION), variables: { store }, context }, { client });
}

/** The link wants somebody to ask queries, which do not come this way. */
function neverAsked(): never {
  throw new Error('only the hint subscription goes through this link');
}

type SocketOpener = { createWebSocket(url: string, protocols: string | string[]): WebSocket };

/**
 * Gives the link our sockets. It opens them through a static method of its class, which it does not export, and reads `OPEN` from the
 * global WebSocket, which Node 18 does not have. If a later version does otherwise, the feed's tests say so.
 */
function watchSockets(link: ApolloLink): void {
  const opener: unknown = link.left?.constructor;
  if (!hasSocketOpener(opener)) throw new Error('the subscription link opens its sockets in another way now');
  opener.createWebSocket = openWatchedSocket;
  if (!('WebSocket' in globalThis)) Object.assign(globalThis, { WebSocket });
}

function hasSocketOpener(value: unknown): value is SocketOpener {
  return typeof value === 'function' && 'createWebSocket' in value && typeof value.createWebSocket === 'function';
}

const REASON_CHARS_MAX = 200;
const thrownSchema = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/** The link throws errors, and objects that only look like GraphQL answers. */
function reasonOf(thrown: unknown): string {
  const asAnswer = thrownSchema.safeParse(thrown);
  const text = asAnswer.success ? asAnswer.data.errors[0]?.message : thrown instanceof Error ? thrown.message : '';
  return (text || 'unknown').slice(0, REASON_CHARS_MAX);
}
