import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedKey } from '@evertill/api';
import type { Tables } from '@evertill/engine';
import {
  type ChannelEnrolment,
  channelEnrolmentSchema,
  type Enrolment,
  enrolmentSchema,
  registerIdOf,
} from '@evertill/enrolment';
import { ed25519Verifier, installSnapshot, objectPath, readHeadText } from '@evertill/published';
import type { Author } from './enrolment.ts';
import { writePrivateFile } from './private-file.ts';

/** Why a store could not be set up; nothing was changed. */
export type SetUpFaultCode = 'no-enrolment' | 'enrolment-unreadable' | 'no-catalog';

export class SetUpFault extends Error {
  override readonly name = 'SetUpFault';
  readonly code: SetUpFaultCode;

  constructor(code: SetUpFaultCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** What a hub tells whoever joins one of its stores: the store's own enrolment, and the catalog that is published for it. */
export class StoreTemplates {
  readonly #folder: string;

  /** `folder`: the hub's data folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Takes a store's folder, as the catalog's commands make it, over: its enrolment as a template and its published snapshot. Repeating it
   * brings what is newer.
   *
   * @throws SetUpFault, PublishedFault
   */
  async setUp(storeFolder: string, tables: Tables): Promise<{ store: string; version: number }> {
    const enrolment = enrolmentIn(storeFolder);
    const { tenant, scope, publisher, store } = enrolment;
    const source = join(storeFolder, 'published');
    const headText = existsSync(source) ? readHeadText(source, scope) : null;
    if (headText === null) throw new SetUpFault('no-catalog', `nothing is published in ${source}`);
    const { version } = await installSnapshot({
      folder: this.#published(tenant),
      scope,
      headText,
      verify: ed25519Verifier([publisher]),
      fetchObject: ({ sha256 }) => readFile(objectPath(source, sha256)),
    });
    writePrivateFile(this.#template(tenant, store.id), `${JSON.stringify(enrolment)}\n`);
    const { pk, sk } = publishedKey(tenant, scope);
    const item = { pk: { S: pk }, sk: { S: sk }, version: { N: String(version) }, text: { S: headText } };
    tables.write('views', { kind: 'put', item });
    return { store: store.id, version };
  }

  /** The enrolment of one register, `null` where its store was not set up here or the register's id is not one of the store's. */
  enrolmentOf({ tenant, store, register }: Author): Enrolment | null {
    const template = this.#read(this.#template(tenant, store));
    const number = Number(/-(\d{1,4})$/.exec(register)?.[1]);
    if (!template || !(number >= 1) || registerIdOf(store, number) !== register) return null;
    return { ...template, register: { id: register, number } };
  }

  /** What a web channel is told: every store of its tenant, and the catalog of the one that it was enrolled with. */
  channelOf({ tenant, store, register }: Author): ChannelEnrolment | null {
    const own = this.#read(this.#template(tenant, store));
    if (!own?.lookupKeyBase64) return null;
    const { publisher, scope, lookupKeyBase64, neighbours } = own;
    const known = this.#stores(tenant).map(({ store: { id, name, currency } }) => ({ id, name, currency }));
    const { currency } = own.store;
    const others = neighbours.filter(({ id }) => !known.some((one) => one.id === id));
    const stores = [...known, ...others.map((one) => ({ ...one, currency }))];
    return channelEnrolmentSchema.parse({ v: 1, tenant, author: register, stores, publisher, scope, lookupKeyBase64 });
  }

  /** Where an object of a tenant's catalog lies, and its size; `null` where there is none. */
  object(tenant: string, sha256: string): { file: string; bytes: number } | null {
    const file = objectPath(this.#published(tenant), sha256);
    const bytes = statSync(file, { throwIfNoEntry: false })?.size;
    return bytes === undefined ? null : { file, bytes };
  }

  #stores(tenant: string): Enrolment[] {
    const folder = join(this.#folder, 'stores', tenant);
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
    return files
      .sort()
      .map((name) => this.#read(join(folder, name)))
      .filter((one) => one !== null);
  }

  #read(file: string): Enrolment | null {
    return existsSync(file) ? enrolmentSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  }

  #template(tenant: string, store: string): string {
    mkdirSync(join(this.#folder, 'stores', tenant), { recursive: true, mode: 0o700 });
    return join(this.#folder, 'stores', tenant, `${store}.json`);
  }

  #published(tenant: string): string {
    return join(this.#folder, 'published', tenant);
  }
}

function enrolmentIn(storeFolder: string): Enrolment {
  const file = join(storeFolder, 'enrolment.json');
  if (!existsSync(file)) throw new SetUpFault('no-enrolment', `there is no ${file}`);
  try {
    return enrolmentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new SetUpFault('enrolment-unreadable', `${file} cannot be read`, { cause });
  }
}
