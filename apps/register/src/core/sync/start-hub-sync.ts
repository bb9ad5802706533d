import { performance } from 'node:perf_hooks';
import { startSync, type ConfirmedMemory, type EpochHead, type SyncClient } from '@evertill/client';
import type { Ledger } from '@evertill/ledger';
import type { Register } from '@evertill/register';
import { z } from 'zod';
import { enrol, readPass, token, type HubNeeds, type HubPass } from './hub-pass.ts';
import { journalSource } from './journal-source.ts';

const CONFIRMED = 'sync.confirmed';
const confirmedSchema = z
  .array(z.object({ epoch: z.number().int(), seq: z.number().int(), hash: z.string() }))
  .max(1_000);

export type HubSettings = { url: string; code: string | null };
export type HubSync = { waiting(): number | null; dispose(): Promise<void> };

type Parts = { ledger: Ledger; register: Register; store: string; hub: HubNeeds; log: (line: string) => void };

/**
 * The journal lane to the hub: sends every record of this register, in order, as the bytes they are, and says how many wait. Nothing of
 * it is on the way of a sale. Without a pass or a code that the hub takes, it says so in the log and all records wait.
 */
export function startHubSync(settings: HubSettings, parts: Parts): HubSync {
  const { ledger, register, store, hub, log } = parts;
  let pass: HubPass | null = readPass(hub, settings.url);
  const passed = async (): Promise<HubPass> => {
    if (pass) return pass;
    if (settings.code === null) throw new Error(`this register has not joined ${settings.url}: it needs a code`);
    pass = await enrol(hub, settings.url, settings.code);
    log(`joined ${settings.url} as register ${pass.register}`);
    return pass;
  };
  const client: SyncClient = startSync({
    url: `${settings.url}/graphql`,
    store,
    source: journalSource(ledger, hub.identity.register),
    memory: confirmedIn(ledger),
    // Documents come down once their collections are in the replica; until then nothing is pulled.
    feeds: [],
    sink: { checkpoint: () => Promise.resolve(null), write: () => Promise.reject(new Error('no feed is pulled')) },
    token: tokens(async () => token(hub, await passed())),
    clock: { monotonicMs: () => performance.now(), nowMs: hub.nowMs },
    chance: Math.random,
    fetch: hub.fetch,
    elsewhereUrls: [],
    onFault: (thrown) => log(`sync: ${thrown instanceof Error ? thrown.message : String(thrown)}`),
  });
  const stopRecorded = ledger.onCommit((records) => records.length > 0 && client.recorded());
  const stopChanged = client.onChange(() => register.safetyChanged());
  return {
    waiting: () => client.view().waitingRecords,
    dispose: async () => {
      stopRecorded();
      stopChanged();
      await client.dispose();
    },
  };
}

/** Keeps a token until the server refuses it. */
function tokens(fetchToken: () => Promise<string>): (options: { renew: boolean }) => Promise<string> {
  let held: Promise<string> | null = null;
  return ({ renew }) => {
    if (renew) held = null;
    held ??= fetchToken().catch((fault: unknown) => {
      held = null;
      throw fault;
    });
    return held;
  };
}

function confirmedIn(ledger: Ledger): ConfirmedMemory {
  return {
    load: (): readonly EpochHead[] => {
      const parsed = confirmedSchema.safeParse(ledger.setting(CONFIRMED));
      return parsed.success ? parsed.data : [];
    },
    save: (confirmed) => ledger.write((tx) => tx.putSetting(CONFIRMED, confirmed)),
  };
}
