import { performance } from 'node:perf_hooks';
import { hubTokens } from '@evertill/author';
import { type DocumentSink, type Feed, type RecordSource, startSync, type SyncClient } from '@evertill/client';
import type { Shop } from './open-shop.ts';

/** What the line is for besides questions: documents of these feeds come down into `sink`, and the hints of one store are heard. */
export type Listening = { readonly store: string; readonly feeds: readonly Feed[]; readonly sink: DocumentSink };

const noDocuments: DocumentSink = { checkpoint: () => Promise.resolve(null), write: () => Promise.resolve() };

/** A line to the hub on which nothing goes up: orders have their own way, see `sendJournal`. */
export function openLine({ pass, key, world }: Shop, listening?: Listening): SyncClient {
  const { store, feeds, sink } = listening ?? { store: pass.store, feeds: [], sink: noDocuments };
  return startSync({
    url: `${pass.url}/graphql`,
    store,
    source: nothingToSend(pass.register),
    memory: { load: () => [], save: () => undefined },
    feeds,
    sink,
    token: hubTokens(pass, { ...world, key }),
    clock: { monotonicMs: () => performance.now(), nowMs: world.nowMs },
    chance: Math.random,
    fetch: world.fetch,
    elsewhereUrls: [],
    // Feeds try again by themselves; what is shown says how old it is.
    onFault: () => undefined,
  });
}

function nothingToSend(register: string): RecordSource {
  return { register, heads: () => [], hashAt: () => null, instantAt: () => null, read: () => [] };
}
