import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dataFolderAt, seedShop } from 'evertill-catalog';
import { enrolmentSchema, type Enrolment } from '@evertill/enrolment';
import type { CoreConfig } from './core-config.ts';
import { CoreFault } from './core-fault.ts';

export type OpenedEnrolment = { enrolment: Enrolment; publishedFolder: string };

/**
 * What this register was told when it joined its store. Without an enrolment the demonstration shop is made, if the configuration
 * asks for it.
 *
 * @throws CoreFault `not-enrolled`, `enrolment-unreadable`.
 */
export async function openEnrolment(
  config: Pick<CoreConfig, 'storeFolder' | 'demoShop' | 'registerNumber'>,
  needs: { nowMs: () => number; onProgress: (done: number, total: number) => void },
): Promise<OpenedEnrolment> {
  const folder = dataFolderAt(config.storeFolder);
  if (!existsSync(folder.enrolmentFile)) {
    if (!config.demoShop) throw new CoreFault('not-enrolled', `there is no ${folder.enrolmentFile}`);
    await seedShop({
      folder: folder.path,
      items: config.demoShop.items,
      seed: config.demoShop.seed,
      nowIso: new Date(needs.nowMs()).toISOString(),
      random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
      onProgress: ({ done, total }) => needs.onProgress(done, total),
    });
  }
  const enrolment = readEnrolment(folder.enrolmentFile);
  // Two ledgers under one name would be a fork that only the server could see.
  if (enrolment.register.number !== config.registerNumber) {
    throw new CoreFault(
      'not-enrolled',
      `this store enrolled register ${enrolment.register.number}, not ${config.registerNumber}`,
    );
  }
  return { enrolment, publishedFolder: folder.published };
}

function readEnrolment(file: string): Enrolment {
  try {
    return enrolmentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new CoreFault('enrolment-unreadable', `${file} cannot be read`, { cause });
  }
}
