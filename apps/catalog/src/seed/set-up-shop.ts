import { existsSync, readFileSync } from 'node:fs';
import { createPinVerifier, enrolmentSchema, registerIdOf } from '@evertill/enrolment';
import type { Enrolment } from '@evertill/enrolment';
import type { DataFolder } from '../publish/data-folder.ts';
import { writePrivateFile } from '@evertill/author/files';
import { openPublisherKey } from '../publish/publisher-key.ts';
import {
  DEMONSTRATION_TENANT,
  demonstrationNeighbours,
  demonstrationSettings,
  demonstrationStaff,
  demonstrationStore,
  GRANT_DAYS,
} from './shop-facts.ts';

/** Randomness for pepper and salts; `node:crypto` in earnest, seeded in tests. */
export type RandomBytes = { bytes(count: number): Uint8Array };

const PEPPER_BYTES = 32;
const LOOKUP_KEY_BYTES = 32;
const SALT_BYTES = 16;
const DAY_MS = 86_400_000;

/** The enrolment of a data folder, or null where no shop has been set up. Throws when the file is no JSON or no enrolment. */
export function findEnrolment(folder: DataFolder): Enrolment | null {
  if (!existsSync(folder.enrolmentFile)) return null;
  return enrolmentSchema.parse(JSON.parse(readFileSync(folder.enrolmentFile, 'utf8')));
}

/**
 * A new enrolment of the demonstration shop with its staff and a fresh pepper, and the folder's publisher key, which is made
 * if need be. Nothing else is written: `keepEnrolment` does that once there is a catalog to go with it.
 */
export async function composeEnrolment(options: {
  folder: DataFolder;
  nowIso: string;
  random: RandomBytes;
}): Promise<Enrolment> {
  const { folder, nowIso, random } = options;
  const pepper = random.bytes(PEPPER_BYTES);
  const grantExpiresAt = new Date(Date.parse(nowIso) + GRANT_DAYS * DAY_MS).toISOString();
  const staff = await Promise.all(
    demonstrationStaff.map(async ({ pin, ...person }) => ({
      ...person,
      pin: await createPinVerifier({ pin, pepper, salt: random.bytes(SALT_BYTES) }),
      grantExpiresAt,
    })),
  );
  const { id, name, currency, countryCode, timeZone } = demonstrationStore;
  return enrolmentSchema.parse({
    v: 1,
    tenant: DEMONSTRATION_TENANT,
    store: { id, name, currency, countryCode, timeZone },
    register: { id: registerIdOf(id, 1), number: 1 },
    publisher: openPublisherKey(folder).trusted,
    // Scopes name folders, also on disks that know no case.
    scope: id.toLowerCase(),
    staff,
    pinPepperBase64: Buffer.from(pepper).toString('base64'),
    settings: demonstrationSettings,
    neighbours: [...demonstrationNeighbours],
    lookupKeyBase64: Buffer.from(random.bytes(LOOKUP_KEY_BYTES)).toString('base64'),
  } satisfies Enrolment);
}

/**
 * Writes the enrolment where there is none. It is the last file of a set-up: a folder that has it has a catalog, however often the power
 * failed before. A register that has enrolled is never told of other secrets by a second run.
 */
export function keepEnrolment(folder: DataFolder, enrolment: Enrolment): void {
  if (existsSync(folder.enrolmentFile)) return;
  writePrivateFile(folder.enrolmentFile, `${JSON.stringify(enrolment, null, 2)}\n`);
}
