import { describe, expect, test } from 'vitest';
import { TEA, TestShop } from '../testing/test-shop.ts';
import { CommandQueue } from './command-queue.ts';
import { QUEUE_LENGTH_MAX } from './limits.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('one after another', () => {
  test('scans go before commands that wait, and nothing runs beside anything', async () => {
    const queue = new CommandQueue();
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await turn();
      log.push(`${name} ends`);
    };
    await Promise.all([
      queue.run('command', work('first')),
      queue.run('command', work('second')),
      queue.run('scan', work('scan')),
    ]);
    expect(log).toEqual(['first begins', 'first ends', 'scan begins', 'scan ends', 'second begins', 'second ends']);
  });

  test('a failure is its caller’s alone', async () => {
    const queue = new CommandQueue();
    const failing = queue.run('command', async () => Promise.reject(new Error('no')));
    const next = queue.run('command', async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  test('too much is refused, never forgotten', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    let answer = () => undefined as void;
    shop.catalog.before = () => new Promise((resolve) => (answer = resolve));
    const first = shop.register.handle('addByCode', { code: TEA });
    await turn();
    shop.catalog.before = async () => undefined;
    const scans = Array.from({ length: QUEUE_LENGTH_MAX + 3 }, () => shop.scan(TEA));
    expect(await shop.refusal('signOff', {})).toBe('too-busy');
    answer();
    await Promise.all([first, ...scans]);
    expect(shop.transaction.itemCount).toBe(1 + QUEUE_LENGTH_MAX);
    expect(shop.notices.filter((notice) => notice.detail === 'too-busy')).toHaveLength(3);
  });

  test('a catalog that does not answer holds the register up for a while, not for ever', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    shop.catalog.before = () => new Promise(() => undefined);
    const asked = shop.register.handle('addByCode', { code: TEA });
    const waiting = shop.register.handle('signOff', {});
    await turn();
    shop.timers.pass(10_000);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'storage-failed', detail: 'deadline' } });
    expect(await waiting).toMatchObject({ ok: true });
    expect(shop.timers.waiting).toBe(0);
  });

  test('disposing finishes what waits and writes the draft', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    const scans = [shop.scan(TEA), shop.scan(TEA)];
    await shop.register.dispose();
    await Promise.all(scans);
    expect(JSON.parse(shop.ledger.drafts()[0]?.json ?? '{}')).toMatchObject({ lines: [{ quantity: 2 }] });
    expect(await shop.refusal('signOff', {})).toBe('too-busy');
    expect(shop.timers.waiting).toBe(0);
  });

  test('a second copy that fails is said once, and when it works again nobody is troubled', async () => {
    const shop = await TestShop.open();
    shop.ledger.copyOk = false;
    shop.register.safetyChanged();
    shop.register.safetyChanged();
    shop.ledger.copyOk = true;
    shop.register.safetyChanged();
    expect(shop.notices.map((notice) => notice.code)).toEqual(['second-copy-failed']);
    expect(shop.register.snapshot('safety').secondCopy.ok).toBe(true);
  });

  test('a listener that throws harms neither the sale nor the next listener', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    let told = 0;
    shop.register.onSnapshot(() => {
      throw new Error('window gone');
    });
    shop.register.onSnapshot(() => (told += 1));
    await shop.sell([TEA]);
    expect(told).toBeGreaterThan(0);
    expect(shop.ledger.counts().sales).toBe(1);
    expect(shop.faults.every((fault) => fault.where === 'snapshot')).toBe(true);
  });
});
