import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedShop } from '../../apps/catalog/src/index.ts';
import { DEMO_STAFF, demoStaffSentence } from './demo-staff.mjs';

test('the PINs that npm start prints are those of the shop it makes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-staff-'));
  try {
    const shop = await seedShop({
      folder,
      items: 10,
      seed: 'market',
      nowIso: '2026-01-01T00:00:00.000Z',
      random: { bytes: (count) => randomBytes(count) },
    });
    expect(shop.staffPins.map(({ name, role, pin }) => ({ name, role, pin }))).toEqual(DEMO_STAFF);
    expect(demoStaffSentence()).toContain('9999 Cormac Daly (manager)');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
