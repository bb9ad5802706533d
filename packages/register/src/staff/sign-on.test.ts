import { describe, expect, test } from 'vitest';
import { TEA, TestShop } from '../testing/test-shop.ts';

const wrong = { staffId: 'ben', pin: '0000' };
const right = { staffId: 'ben', pin: 'pin-ben' };

describe('signing on', () => {
  test('the right PIN signs on, a wrong one does not, and the journal says who', async () => {
    const shop = await TestShop.open();
    expect(await shop.refusal('signOn', wrong)).toBe('wrong-pin');
    expect(await shop.refusal('signOn', { staffId: 'nobody', pin: '1' })).toBe('unknown-staff');
    expect(await shop.refusal('signOn', { staffId: 'cleo', pin: 'pin-cleo' })).toBe('grant-expired');
    await shop.must('signOn', right);
    expect(shop.register.snapshot('session').signedOn).toEqual({
      staffId: 'ben',
      name: 'Ben',
      role: 'cashier',
      may: ['sell', 'void-transaction', 'open-till', 'reprint'],
    });
    await shop.signOn('anna');
    await shop.must('signOff', {});
    expect([...shop.ledger.records({})].map((record) => [record.type, record.read().payload])).toEqual([
      ['SignedOn', { staffId: 'ben', role: 'cashier' }],
      ['SignedOff', { staffId: 'ben', reason: 'replaced' }],
      ['SignedOn', { staffId: 'anna', role: 'manager' }],
      ['SignedOff', { staffId: 'anna', reason: 'requested' }],
    ]);
  });

  test('[S2] five wrong PINs lock, a restart does not unlock, time does', async () => {
    const shop = await TestShop.open();
    for (let index = 0; index < 4; index += 1) expect(await shop.refusal('signOn', wrong)).toBe('wrong-pin');
    expect(await shop.refusal('signOn', wrong)).toBe('locked-out');
    expect(shop.ledger.lastOf('SignOnLocked')?.read().payload).toMatchObject({ staffId: 'ben', attempts: 5 });
    expect(await shop.refusal('signOn', right)).toBe('locked-out');

    const again = await TestShop.open(shop.ledger.disk);
    expect(await again.refusal('signOn', right)).toBe('locked-out');
    expect(again.register.snapshot('session').staff.find((one) => one.staffId === 'ben')?.lockedUntil).not.toBeNull();
    expect(await again.refusal('signOn', { staffId: 'anna', pin: 'pin-anna' })).toBe('accepted');
    again.clock.advance(61_000);
    await again.must('signOn', right);
    expect(again.register.snapshot('session').staff.find((one) => one.staffId === 'ben')?.lockedUntil).toBeNull();
  });

  test('[S2] a clock moved back keeps the lock, and for no longer than its own length', async () => {
    const shop = await TestShop.open();
    for (let index = 0; index < 5; index += 1) await shop.refusal('signOn', wrong);
    shop.clock.advance(-10 * 365 * 24 * 3_600_000);
    expect(await shop.refusal('signOn', right)).toBe('locked-out');
    shop.clock.advance(59_000);
    expect(await shop.refusal('signOn', right)).toBe('locked-out');
    shop.clock.advance(2_000);
    expect(await shop.refusal('signOn', right)).toBe('accepted');
  });

  test('[S2] an attempt counts before its PIN is checked: pulling the plug gains nothing', async () => {
    const shop = await TestShop.open(undefined, { pins: { verify: () => new Promise(() => undefined) } });
    const asked = shop.register.handle('signOn', right);
    await new Promise((resolve) => setImmediate(resolve));
    expect(shop.ledger.setting('sign-on:ben')).toMatchObject({ failures: 1 });
    shop.timers.pass(10_000);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'storage-failed', detail: 'deadline' } });
  });

  test('[S2] the right PIN wipes the slate', async () => {
    const shop = await TestShop.open();
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 4; index += 1) expect(await shop.refusal('signOn', wrong)).toBe('wrong-pin');
      await shop.must('signOn', right);
    }
    expect(shop.ledger.lastOf('SignOnLocked')).toBeNull();
  });

  test('[I23] no PIN reaches the disk or a fault', async () => {
    const shop = await TestShop.open(undefined, {
      pins: { verify: async () => Promise.reject(new Error('verifier gone')) },
    });
    await shop.refusal('signOn', { staffId: 'ben', pin: '918273' });
    expect(JSON.stringify(shop.ledger.disk)).not.toContain('918273');
    expect(JSON.stringify(shop.faults)).not.toContain('918273');
  });

  test('[MG-19] who may not, does not', async () => {
    const shop = await TestShop.open();
    expect(await shop.refusal('openTill', { counts: [] })).toBe('not-signed-on');
    expect(await shop.refusal('searchItems', { text: 'tea', limit: 5 })).toBe('not-signed-on');
    await shop.signOn('ben');
    expect(await shop.refusal('addByCode', { code: TEA })).toBe('till-closed');
    await shop.must('openTill', { counts: [] });
    for (const name of ['readX', 'countTill', 'closeTill', 'lastZ'] as const) {
      expect(await shop.refusal(name, { print: false, counts: [] })).toBe('not-permitted');
    }
    await shop.sell([TEA]);
  });

  test('an open transaction waits while nobody is signed on', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(TEA);
    await shop.must('signOff', {});
    expect(shop.ledger.drafts()).toHaveLength(1);
    expect(await shop.refusal('voidTransaction', { transactionId: shop.transaction.transactionId, reason: 'r' })).toBe(
      'not-signed-on',
    );
    await shop.signOn('ben');
    await shop.sell([]);
  });
});
