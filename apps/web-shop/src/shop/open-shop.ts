import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { forgetConfirmed, type HubPass, joinHub, keepPass, readPass } from '@evertill/author';
import { openKeyFile } from '@evertill/author/files';
import { type ChannelEnrolment, channelEnrolmentSchema } from '@evertill/enrolment';
import type { SigningKey } from '@evertill/journal';
import { fileHighWaterMark, type Ledger, LedgerFault, openLedger } from '@evertill/ledger';
import { ShopFault } from './shop-fault.ts';
import type { World } from './world.ts';

export const ENGINE = 'evertill-web-shop/1';

/**
 * A web shop that has joined a hub, in a folder of its own:
 *
 * ```
 * channel.key, channel.mark.json   the key of its journal, and how far that has come
 * hub.json                         what the hub said when it joined
 * journal/                         its orders, signed: the truth
 * published/                       the catalog, as the publisher signed it
 * stock.db                         a copy of the stores' stock; may be deleted
 * ```
 */
export type Shop = {
  readonly folder: string;
  readonly key: SigningKey;
  readonly pass: HubPass;
  readonly channel: ChannelEnrolment;
  readonly world: World;
};

const passFile = (folder: string): string => join(folder, 'hub.json');
const openKey = (folder: string): SigningKey => openKeyFile(join(folder, 'channel.key'));

/** @throws AuthorFault, ShopFault `not-a-channel` */
export function openShop(folder: string, world: World): Shop {
  const pass = readPass(passFile(folder));
  return { folder, key: openKey(folder), pass, channel: channelOf(pass), world };
}

/**
 * Joins a hub with a one-time code, or joins it anew. What was ordered here before is kept, and sent to the hub that is joined now.
 *
 * @throws AuthorFault, LedgerFault, ShopFault `not-a-channel`
 */
export async function joinShop(
  folder: string,
  invitation: { readonly hubUrl: string; readonly code: string },
  world: World,
): Promise<Shop> {
  const key = openKey(folder);
  const pass = await joinHub({ ...invitation, key, fetch: world.fetch });
  const shop: Shop = { folder, key, pass, channel: channelOf(pass), world };
  // A journal of another author in this folder is found out before anything is kept.
  await withJournal(shop, (journal) => Promise.resolve(forgetConfirmed(journal)));
  keepPass(passFile(folder), pass);
  return shop;
}

function channelOf(pass: HubPass): ChannelEnrolment {
  const channel = channelEnrolmentSchema.safeParse(pass.channel);
  const isOurs = pass.role === 'channel' && channel.data?.author === pass.register;
  if (!channel.success || !isOurs) throw new ShopFault('not-a-channel', channel.error?.issues[0]?.message);
  return channel.data;
}

const WAIT_FOR_JOURNAL_MS = 15_000;
const LOOK_AGAIN_MS = 100;

/**
 * The shop's journal while `work` runs. One process at a time has it; the others wait for their turn.
 *
 * @throws LedgerFault `already-open` when it was not free in time
 */
export async function withJournal<Result>(shop: Shop, work: (journal: Ledger) => Promise<Result>): Promise<Result> {
  const journal = await openJournal(shop);
  try {
    return await work(journal);
  } finally {
    await journal.dispose();
  }
}

async function openJournal({ folder, key, pass, world }: Shop): Promise<Ledger> {
  const untilMs = world.nowMs() + WAIT_FOR_JOURNAL_MS;
  for (;;) {
    try {
      return openLedger({
        folder: join(folder, 'journal'),
        identity: { tenant: pass.tenant, store: pass.store, register: pass.register },
        key,
        clock: { nowMs: world.nowMs, tzOffsetMin: world.tzOffsetMin },
        random: world.random,
        highWater: fileHighWaterMark(join(folder, 'channel.mark.json')),
        engine: ENGINE,
      });
    } catch (fault) {
      const isHeld = fault instanceof LedgerFault && fault.code === 'already-open';
      if (!isHeld || world.nowMs() >= untilMs) throw fault;
    }
    await pause(LOOK_AGAIN_MS);
  }
}
