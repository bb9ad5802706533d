import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EpochHead, startSync, type SyncClient, TokenRefused } from '@evertill/client';
import type { SigningKey } from '@evertill/journal';
import { exampleIdentity } from '@evertill/journal/testing';
import { fileHighWaterMark, type Ledger, openLedger } from '@evertill/ledger';
import { exampleBasis, exampleSale } from '@evertill/records/testing';
import { seededRandom } from '@evertill/testkit';
import { assertionOf, post } from './test-hub.ts';

const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };

/** A register's disk: its ledger, and beside it, where a copy of the ledger does not reach, the mark of how far it got. */
export type Disk = { readonly folder: string };

export const ledgerOf = ({ folder }: Disk): string => join(folder, 'ledger');
const marksOf = ({ folder }: Disk): string => join(folder, 'marks');

/** What a technician does with a ledger that is closed: copies it to another place, over what was there. */
export function copyLedger(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

/** The mark is gone with everything else that is not the ledger: another machine, or a disk that was wiped. */
export function loseMark(disk: Disk): void {
  rmSync(marksOf(disk), { recursive: true, force: true });
}

/** A register that is switched on: a real ledger, and the real client that brings its records to a hub. */
export type RegisterOnDisk = {
  readonly ledger: Ledger;
  readonly client: SyncClient;
  sell(count: number): void;
  /** Switches off, as the register's core does: what the server holds beyond this ledger is noted last, outside of it. */
  off(): Promise<void>;
};

/** Switches on the register of `disk`. Its key is beside the ledger in a shop; here every copy has it too. */
export function switchOn(
  disk: Disk,
  hub: { url: string },
  key: SigningKey,
  random: string,
  send: typeof fetch = fetch,
): RegisterOnDisk {
  const highWater = fileHighWaterMark(join(marksOf(disk), 'high-water.json'));
  const ledger = openLedger({
    folder: ledgerOf(disk),
    identity: exampleIdentity,
    key,
    clock: { nowMs: () => Date.now(), tzOffsetMin: () => 60 },
    random: seededRandom(`ledger ${random}`),
    highWater,
  });
  const client = startSync({
    url: `${hub.url}/graphql`,
    store: exampleIdentity.store,
    source: sourceOf(ledger),
    memory: {
      load: () => (ledger.setting('confirmed') ?? []) as EpochHead[],
      save: (confirmed) => ledger.write((tx) => tx.putSetting('confirmed', confirmed)),
    },
    feeds: [],
    sink: { checkpoint: () => Promise.resolve(null), write: () => Promise.resolve() },
    token: tokensOf(hub, key),
    clock: { monotonicMs: () => performance.now(), nowMs: () => Date.now() },
    chance: () => 0,
    fetch: send,
    elsewhereUrls: [],
    onFault: (thrown) => {
      throw thrown;
    },
  });
  let isOn = true;
  return {
    ledger,
    client,
    sell(count) {
      for (let nth = 0; nth < count; nth += 1) {
        const receiptNumber = ledger.nextReceiptNumber();
        ledger.append([exampleSale(`${random}-${ledger.head().epoch}-${receiptNumber}`, receiptNumber)], context);
      }
      client.recorded();
    },
    async off() {
      if (!isOn) return;
      isOn = false;
      const { outgrownBy } = client.view();
      await client.dispose();
      await ledger.dispose();
      if (outgrownBy) highWater.write(outgrownBy);
    },
  };
}

/** The ledger as the journal lane reads it. Epochs open only when a ledger does, so the earlier ones never change. */
function sourceOf(ledger: Ledger): Parameters<typeof startSync>[0]['source'] {
  const last = new Map<number, EpochHead>();
  for (const { epoch, seq, sealed } of ledger.records()) last.set(epoch, { epoch, seq, hash: sealed.hash });
  const earlier = [...last.values()].filter(({ epoch }) => epoch < ledger.head().epoch);
  const at = (epoch: number, seq: number) => {
    const [record] = ledger.records({ epoch, fromSeq: seq, limit: 1 });
    return record?.seq === seq ? record : null;
  };
  return {
    register: exampleIdentity.register,
    heads: () => [...earlier, ledger.head()],
    hashAt: (epoch, seq) => at(epoch, seq)?.sealed.hash ?? null,
    instantAt: (epoch, seq) => at(epoch, seq)?.at ?? null,
    read: (epoch, fromSeq, limit) => [...ledger.records({ epoch, fromSeq, limit })].map(({ sealed }) => sealed),
  };
}

function tokensOf(hub: { url: string }, key: SigningKey): Parameters<typeof startSync>[0]['token'] {
  let held: string | null = null;
  return async ({ renew }) => {
    if (held !== null && !renew) return held;
    held = null;
    const { status, body } = await post(`${hub.url}/token`, { assertion: assertionOf(hub, exampleIdentity, key) });
    if (status === 401) throw new TokenRefused((body.error as { code: string }).code !== 'not-enrolled');
    return (held = String(body.token));
  };
}
