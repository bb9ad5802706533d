import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fetchPublished } from '@evertill/client';
import { writePrivateFile } from '@evertill/author/files';
import { dataFolderAt, seedShop } from 'evertill-catalog';
import { enrolmentSchema, type Enrolment } from '@evertill/enrolment';
import { ed25519Verifier } from '@evertill/published';
import type { CoreConfig } from './core-config.ts';
import { CoreFault } from './core-fault.ts';
import { joinHub, JoinFault, keepPass, token, type HubNeeds } from './sync/hub-pass.ts';
import { hubTokens } from './sync/hub-tokens.ts';

/** `ownCatalog`: the catalog lies in the register's own folder and comes from the hub, not from the store's folder. */
export type OpenedEnrolment = { enrolment: Enrolment; publishedFolder: string; ownCatalog: boolean };

export type EnrolmentProgress = (step: 'seeding' | 'fetching', done: number, total: number) => void;

type Config = Pick<CoreConfig, 'storeFolder' | 'registerFolder' | 'demoShop' | 'registerNumber' | 'hub'>;
export type EnrolmentNeeds = Pick<HubNeeds, 'key' | 'nowMs' | 'newId' | 'fetch'> & { onProgress: EnrolmentProgress };

/**
 * What this register was told when it joined its store: by its hub, then it lies in its own folder; or by the store's folder on the same
 * machine. A register that has neither joins the hub with its code, and takes the first catalog along. Without a hub the demonstration
 * shop is made, if the configuration asks for it.
 *
 * @throws CoreFault `not-enrolled`, `enrolment-unreadable`, `no-catalog`; JoinFault.
 */
export async function openEnrolment(config: Config, needs: EnrolmentNeeds): Promise<OpenedEnrolment> {
  const own = { file: path.join(config.registerFolder, 'enrolment.json'), published: ownPublished(config) };
  if (existsSync(own.file)) {
    return { enrolment: numbered(readEnrolment(own.file), config), publishedFolder: own.published, ownCatalog: true };
  }
  const store = dataFolderAt(config.storeFolder);
  if (!existsSync(store.enrolmentFile) && config.demoShop && (isFirst(config) || !config.hub?.code)) {
    await makeDemoShop(store.path, config.demoShop, needs);
  }
  const known = existsSync(store.enrolmentFile) ? readEnrolment(store.enrolmentFile) : null;
  const isOurs = known?.register.number === config.registerNumber;
  if (known && (isOurs || !config.hub?.code)) {
    return { enrolment: numbered(known, config), publishedFolder: store.published, ownCatalog: false };
  }
  if (!config.hub?.code) throw new CoreFault('not-enrolled', `there is no ${store.enrolmentFile}`);
  const enrolment = await joinStore(config, { url: config.hub.url, code: config.hub.code }, needs);
  writePrivateFile(own.file, `${JSON.stringify(enrolment, null, 2)}\n`);
  return { enrolment, publishedFolder: own.published, ownCatalog: true };
}

/** The demonstration shop enrols its first register; others join it. */
const isFirst = ({ registerNumber }: Pick<Config, 'registerNumber'>): boolean => registerNumber === 1;

async function makeDemoShop(
  folder: string,
  { items, seed }: NonNullable<Config['demoShop']>,
  { nowMs, onProgress }: EnrolmentNeeds,
): Promise<void> {
  await seedShop({
    folder,
    items,
    seed,
    nowIso: new Date(nowMs()).toISOString(),
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    onProgress: ({ done, total }) => onProgress('seeding', done, total),
  });
}

function ownPublished({ registerFolder }: Pick<Config, 'registerFolder'>): string {
  return path.join(registerFolder, 'published');
}

/** Joins, and brings the first catalog. The enrolment is the last file: a start that was cut off begins again with the same code. */
async function joinStore(
  config: Config,
  hub: { url: string; code: string },
  needs: EnrolmentNeeds,
): Promise<Enrolment> {
  needs.onProgress('fetching', 0, 0);
  const { pass, tenant, enrolment } = await joinHub(needs, hub.url, hub.code);
  if (!enrolment) throw new CoreFault('not-enrolled', `${hub.url} knows no store that this register belongs to`);
  numbered(enrolment, config);
  const identity = { tenant, register: pass.register };
  const fetched = await fetchPublished({
    serverUrl: hub.url,
    scope: enrolment.scope,
    folder: ownPublished(config),
    verify: ed25519Verifier([enrolment.publisher]),
    token: hubTokens(() => token({ ...needs, identity }, pass)),
    fetch: needs.fetch,
    onProgress: (bytes, total) => needs.onProgress('fetching', kilobytes(bytes), kilobytes(total)),
  });
  if (!fetched.ok) {
    if (fetched.error.code === 'unreachable') throw new JoinFault('hub-unreachable', `${hub.url} went away`);
    throw new CoreFault('no-catalog', `the catalog did not come: ${JSON.stringify(fetched.error)}`);
  }
  if (fetched.version === null) throw new CoreFault('no-catalog', `nothing is published for ${enrolment.scope}`);
  keepPass(config.registerFolder, pass);
  return enrolment;
}

const kilobytes = (bytes: number): number => Math.ceil(bytes / 1024);

/** Two ledgers under one name would be a fork that only the server could see. */
function numbered(enrolment: Enrolment, { registerNumber }: Pick<Config, 'registerNumber'>): Enrolment {
  if (enrolment.register.number === registerNumber) return enrolment;
  throw new CoreFault(
    'not-enrolled',
    `this enrolment is of register ${enrolment.register.number}, not of ${registerNumber}`,
  );
}

function readEnrolment(file: string): Enrolment {
  try {
    return enrolmentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new CoreFault('enrolment-unreadable', `${file} cannot be read`, { cause });
  }
}
