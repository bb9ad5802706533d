import { join } from 'node:path';
import { AuthorFault, forgetConfirmed, joinHub, keepPass, readPass, sendJournal } from '@evertill/author';
import type { HubPass, SendNeeds, SendOutcome } from '@evertill/author';
import type { Ledger } from '@evertill/ledger';
import type { DataFolder } from '../publish/data-folder.ts';
import { findEnrolment } from '../seed/set-up-shop.ts';
import type { RandomBytes } from '../seed/set-up-shop.ts';
import { importerOf, openImporterJournal, openImporterKey } from './importer-journal.ts';

export type SendOptions = Pick<SendNeeds, 'fetch' | 'newId' | 'nowMs' | 'deadlineMs' | 'onProgress'> & {
  readonly folder: DataFolder;
  /** To join with; `null` where the folder has joined before. */
  readonly invitation: { readonly hubUrl: string; readonly code: string } | null;
  readonly random: RandomBytes;
};

/** There is no shop in the folder, so there is nothing to send. */
export class NoShop extends Error {
  constructor(folder: string) {
    super(`There is no shop in ${folder}. Set one up or import a file first.`);
    this.name = 'NoShop';
  }
}

/**
 * Sends what was counted to a hub: joins it as a channel if an invitation is given, then sends the importer's journal through the journal
 * lane. Repeating it sends nothing twice.
 *
 * @throws NoShop, AuthorFault, LedgerFault
 */
export async function sendImporterJournal(options: SendOptions): Promise<SendOutcome> {
  const { folder, nowMs, random } = options;
  const enrolment = findEnrolment(folder);
  if (!enrolment) throw new NoShop(folder.path);
  const key = openImporterKey(folder);
  const ledger = openImporterJournal(folder, enrolment, { nowIso: new Date(nowMs()).toISOString(), random });
  try {
    const author = { tenant: enrolment.tenant, store: enrolment.store.id, register: importerOf(enrolment.store.id) };
    const pass = await passFor(options, ledger, author);
    return await sendJournal({ ...options, key, ledger, pass });
  } finally {
    await ledger.dispose();
  }
}

async function passFor(
  { folder, invitation, fetch }: SendOptions,
  ledger: Ledger,
  author: Pick<HubPass, 'tenant' | 'store' | 'register'>,
): Promise<HubPass> {
  const file = join(folder.keys, 'importer.hub.json');
  if (!invitation) return readPass(file);
  const pass = await joinHub({ ...invitation, key: openImporterKey(folder), fetch });
  const isOurs = pass.tenant === author.tenant && pass.store === author.store && pass.register === author.register;
  if (!isOurs) {
    const { tenant, store, register } = pass;
    throw new AuthorFault('other-author', `${tenant}/${store}/${register}, not ${Object.values(author).join('/')}`);
  }
  forgetConfirmed(ledger);
  keepPass(file, pass);
  return pass;
}
