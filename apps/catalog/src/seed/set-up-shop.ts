import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { Store } from '@evertill/published';
import { createPinVerifier, enrolmentSchema } from '../enrolment.ts';
import type { Enrolment } from '../enrolment.ts';
import type { DataFolder } from '../publish/data-folder.ts';
import { writePrivateFile } from '../publish/private-file.ts';
import { openPublisherKey } from '../publish/publisher-key.ts';
import {
  DEMONSTRATION_TENANT,
  demonstrationSettings,
  demonstrationStaff,
  demonstrationStore,
  GRANT_DAYS,
} from './shop-facts.ts';

/** Randomness for pepper and salts; `node:crypto` in earnest, seeded in tests. */
export type RandomBytes = { bytes(count: number): Uint8Array };

const PEPPER_BYTES = 32;
const SALT_BYTES = 16;
const DAY_MS = 86_400_000;

/**
 * The enrolment of a data folder: the one that is there, or a new one of the demonstration shop with its staff, pepper and
 * publisher key. A register that has enrolled is never told of other secrets by a second run.
 */
export async function setUpShop(options: {
  folder: DataFolder;
  nowIso: string;
  random: RandomBytes;
  store?: Store;
}): Promise<Enrolment> {
  const { folder, nowIso, random, store = demonstrationStore } = options;
  if (existsSync(folder.enrolmentFile)) return readEnrolment(folder);
  mkdirSync(folder.path, { recursive: true });
  const pepper = random.bytes(PEPPER_BYTES);
  const grantExpiresAt = new Date(Date.parse(nowIso) + GRANT_DAYS * DAY_MS).toISOString();
  const staff = await Promise.all(
    demonstrationStaff.map(async ({ pin, ...person }) => ({
      ...person,
      pin: await createPinVerifier({ pin, pepper, salt: random.bytes(SALT_BYTES) }),
      grantExpiresAt,
    })),
  );
  const { id, name, currency, countryCode, timeZone } = store;
  const enrolment = enrolmentSchema.parse({
    v: 1,
    tenant: DEMONSTRATION_TENANT,
    store: { id, name, currency, countryCode, timeZone },
    register: { id: '1', number: 1 },
    publisher: openPublisherKey(folder.path).trusted,
    scope: id,
    staff,
    pinPepperBase64: Buffer.from(pepper).toString('base64'),
    settings: demonstrationSettings,
  } satisfies Enrolment);
  writePrivateFile(folder.enrolmentFile, `${JSON.stringify(enrolment, null, 2)}\n`);
  return enrolment;
}

/** Reads and checks `enrolment.json`. Throws when it is absent, no JSON, or not an enrolment. */
export function readEnrolment(folder: DataFolder): Enrolment {
  return enrolmentSchema.parse(JSON.parse(readFileSync(folder.enrolmentFile, 'utf8')));
}
