import path from 'node:path';
import { type EpochHead, startPublishedLane, type PublishedLane } from '@evertill/client';
import { createLookupKeys, type Enrolment } from '@evertill/enrolment';
import type { Ledger } from '@evertill/ledger';
import { ed25519Verifier } from '@evertill/published';
import type { UnifiedChange, UnifiedView } from '@evertill/register';
import { openLiveReplica } from '@evertill/replica';
import type { HubNeeds } from './hub-pass.ts';
import { localFacts } from './local-facts.ts';
import { startHubSync, type HubSettings } from './start-hub-sync.ts';
import { openUnifiedView } from './unified-view.ts';

type Parts = {
  hub: HubNeeds & HubSettings & { identity: { store: string } };
  enrolment: Enrolment;
  ledger: Ledger;
  log: (line: string) => void;
  onChange: (change: UnifiedChange) => void;
};

/** A register's line to its hub, with everything that comes and goes over it. */
export type Line = {
  readonly unified: UnifiedView;
  /** Brings newer catalogs into a folder, and says when one is there. */
  keepCatalog(folder: string, onInstalled: () => void): PublishedLane;
  /** As {@link HubSync.outgrownBy}. */
  outgrownBy(): EpochHead | null;
  dispose(): Promise<void>;
};

/** Opens the line: journal up, orders, stock and suspended transactions down, and the view that both make. No sale waits for any of it. */
export async function openLine({ hub, enrolment, ledger, log, onChange }: Parts): Promise<Line> {
  const { store, neighbours, scope, publisher, lookupKeyBase64 } = enrolment;
  const onFault = (thrown: unknown): void =>
    log(`line to the hub: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  const live = await openLiveReplica({
    folder: path.join(hub.folder, 'live'),
    local: localFacts(ledger, hub.identity),
    newId: hub.newId,
    onFault,
  });
  const stores = [{ id: store.id, name: store.name }, ...neighbours];
  const feeds = [
    { collection: 'orders', scope: store.id },
    { collection: 'suspended', scope: store.id },
    ...stores.map(({ id }) => ({ collection: 'stock', scope: id })),
  ];
  const sync = startHubSync(hub, { ledger, store: store.id, hub, feeds, sink: live, log });
  const lookupKeys = lookupKeyBase64 === undefined ? null : createLookupKeys(lookupKeyBase64);
  const { register } = hub.identity;
  const stopCounting = ledger.onCommit((records) => {
    // One record more waits. Told after the answer to whoever made it.
    if (records.length > 0) setImmediate(() => onChange('server'));
  });
  const unified = await openUnifiedView({ sync, live, stores, lookupKeys, register, onChange, onFault });
  return {
    unified,
    keepCatalog: (folder, onInstalled) =>
      startPublishedLane({
        serverUrl: hub.url,
        scope,
        folder,
        verify: ed25519Verifier([publisher]),
        token: sync.token,
        fetch: hub.fetch,
        chance: Math.random,
        onInstalled,
        onFailed: ({ error }) => log(`catalog: ${error.code}`),
        onFault,
      }),
    outgrownBy: () => sync.outgrownBy(),
    dispose: async () => {
      stopCounting();
      await sync.dispose();
      await live.dispose();
    },
  };
}
