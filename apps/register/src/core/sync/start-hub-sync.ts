import { performance } from 'node:perf_hooks';
import {
  startSync,
  type DocumentSink,
  type EpochHead,
  type Feed,
  type SyncClient,
  type TokenSource,
} from '@evertill/client';
import type { Ledger } from '@evertill/ledger';
import type { ServerView } from '@evertill/register';
import { confirmedIn } from './confirmed-sales.ts';
import { enrol, readPass, token, type HubNeeds, type HubPass } from './hub-pass.ts';
import { hubTokens } from './hub-tokens.ts';
import { journalSource } from './journal-source.ts';
import { serverView } from './server-view.ts';

export type HubSettings = { url: string; code: string | null };

/** A register's line to its hub. */
export type HubSync = {
  readonly ask: SyncClient['ask'];
  /** For what else is fetched from the hub. */
  readonly token: TokenSource;
  server(): ServerView;
  /** What the server holds and this journal, copied or put back, does not; `null` where the two agree. Not after `dispose`. */
  outgrownBy(): EpochHead | null;
  askAgain(): void;
  /** Called when what `server` says may have changed. */
  onChange(listener: () => void): void;
  dispose(): Promise<void>;
};

type Parts = {
  ledger: Ledger;
  store: string;
  hub: HubNeeds;
  feeds: readonly Feed[];
  sink: DocumentSink;
  log: (line: string) => void;
};

/**
 * The lanes to the hub: every record of this register up, in order, as the bytes they are; what others did down. Nothing of it is on the
 * way of a sale. Without a pass or a code that the hub takes, it says so and all records wait.
 */
export function startHubSync(settings: HubSettings, { ledger, store, hub, feeds, sink, log }: Parts): HubSync {
  let pass: HubPass | null = readPass(hub, settings.url);
  const passed = async (): Promise<HubPass> => {
    if (pass) return pass;
    if (settings.code === null) throw new Error(`this register has not joined ${settings.url}: it needs a code`);
    pass = await enrol(hub, settings.url, settings.code);
    log(`joined ${settings.url} as register ${pass.register}`);
    return pass;
  };
  const credentials = hubTokens(async () => token(hub, await passed()));
  const confirmed = confirmedIn(ledger);
  const client = startSync({
    url: `${settings.url}/graphql`,
    store,
    source: journalSource(ledger, hub.identity.register),
    memory: confirmed,
    feeds,
    sink,
    token: credentials,
    clock: { monotonicMs: () => performance.now(), nowMs: hub.nowMs },
    chance: Math.random,
    fetch: hub.fetch,
    elsewhereUrls: [],
    onFault: (thrown) => log(`sync: ${thrown instanceof Error ? thrown.message : String(thrown)}`),
  });
  const stopRecorded = ledger.onCommit((records) => records.length > 0 && client.recorded());
  return {
    ask: client.ask,
    token: credentials,
    server: () =>
      serverView({
        view: client.view(),
        joined: pass !== null || settings.code !== null,
        salesAtServer: confirmed.sales(),
        upToDateAt: client.upToDateAt(),
      }),
    outgrownBy: () => client.view().outgrownBy,
    askAgain: () => client.retryParked(),
    onChange: (listener) => void client.onChange(listener),
    dispose: async () => {
      stopRecorded();
      await client.dispose();
    },
  };
}
