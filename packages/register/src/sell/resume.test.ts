import type { SuspendedRecord } from '@evertill/retail';
import { describe, expect, test, vi } from 'vitest';
import type { ResumeClaim } from '../needs.ts';
import { identity, TEA, TestShop } from '../testing/test-shop.ts';
import { TestUnifiedView } from '../testing/test-unified-view.ts';

/** A transaction that register BER1-2 put aside, as the unified view would bring it. */
async function putAsideElsewhere(): Promise<SuspendedRecord> {
  const other = await TestShop.open();
  await other.openForSale();
  await other.scan(TEA);
  await other.must('suspend', { transactionId: other.transaction.transactionId, name: 'Blue coat' });
  const record = other.ledger.lastOf('TransactionSuspended')?.read();
  if (!record?.known || record.type !== 'TransactionSuspended') throw new Error('it was put aside');
  const { at, currency, basis } = record.header;
  const by = { register: 'BER1-2', epoch: 1, seq: 5 };
  const transactionId = `elsewhere-${record.payload.transactionId}`;
  return { payload: { ...record.payload, transactionId }, at, currency: currency ?? '', basis, by };
}

async function shopWith(unified: TestUnifiedView): Promise<TestShop> {
  const shop = await TestShop.open(undefined, { unified });
  await shop.openForSale();
  return shop;
}

const answers = (claim: ResumeClaim) => async () => claim;

describe('a transaction of another register', () => {
  test('[CA-14] is listed with its register, taken up with the server’s leave, and the record names the leave', async () => {
    const unified = new TestUnifiedView();
    const record = await putAsideElsewhere();
    unified.suspended = [record];
    const shop = await shopWith(unified);
    const { transactionId } = record.payload;
    expect(shop.register.snapshot('suspended')).toMatchObject([{ transactionId, here: false, registerId: 'BER1-2' }]);
    await shop.must('resume', { transactionId });
    expect(shop.transaction).toMatchObject({ transactionId, totalMinor: 399, resumedName: 'Blue coat' });
    const resumed = shop.ledger.lastOf('TransactionResumed')?.read();
    expect(resumed).toMatchObject({ header: { claim: 'claim-1' }, payload: { suspended: record.by } });
    expect(shop.ledger.drafts()).toMatchObject([{ transactionId, status: 'open' }]);
  });

  test.each<[ResumeClaim, string]>([
    [{ ok: false, reason: 'unreachable' }, 'needs-server'],
    [{ ok: false, reason: 'unknown' }, 'needs-server'],
    [{ ok: false, reason: 'taken' }, 'resumed-elsewhere'],
    [{ ok: false, reason: 'gone' }, 'resumed-elsewhere'],
  ])('is not taken up when the server says %j', async (claim, code) => {
    const unified = new TestUnifiedView();
    const record = await putAsideElsewhere();
    unified.suspended = [record];
    unified.claim = answers(claim);
    const shop = await shopWith(unified);
    const { seq } = shop.ledger.head();
    expect(await shop.refusal('resume', { transactionId: record.payload.transactionId })).toBe(code);
    expect(shop.ledger.head().seq).toBe(seq);
    expect(shop.register.snapshot('transaction')).toBeNull();
  });

  test('a server that never answers costs a few seconds, not the till', async () => {
    const unified = new TestUnifiedView();
    const record = await putAsideElsewhere();
    unified.suspended = [record];
    unified.claim = () => new Promise(() => undefined);
    const shop = await shopWith(unified);
    const asked = shop.refusal('resume', { transactionId: record.payload.transactionId });
    await new Promise((resolve) => setImmediate(resolve));
    shop.timers.pass(3_000);
    expect(await asked).toBe('needs-server');
  });
});

describe('a transaction of this register', () => {
  async function putAside(unified: TestUnifiedView) {
    const shop = await shopWith(unified);
    await shop.scan(TEA);
    const { transactionId } = shop.transaction;
    await shop.must('suspend', { transactionId, name: 'Mine' });
    return { shop, transactionId };
  }

  test('[CA-13] goes on without the server', async () => {
    const unified = new TestUnifiedView();
    unified.claim = answers({ ok: false, reason: 'unreachable' });
    const { shop, transactionId } = await putAside(unified);
    await shop.must('resume', { transactionId });
    expect(unified.claimed).toMatchObject([{ register: identity.register }]);
    expect(shop.transaction.transactionId).toBe(transactionId);
    expect(shop.ledger.lastOf('TransactionResumed')?.read().header).not.toHaveProperty('claim');
  });

  test('that another register went on with is over here, and its draft with it', async () => {
    const unified = new TestUnifiedView();
    unified.claim = answers({ ok: false, reason: 'gone' });
    const { shop, transactionId } = await putAside(unified);
    expect(await shop.refusal('resume', { transactionId })).toBe('resumed-elsewhere');
    expect(shop.register.snapshot('suspended')).toEqual([]);
    expect(shop.ledger.drafts()).toEqual([]);
  });

  test('[CA-14] that the server says went on elsewhere leaves the list by itself, and is said', async () => {
    const unified = new TestUnifiedView();
    const { shop, transactionId } = await putAside(unified);
    const { epoch, seq } = shop.ledger.head();
    unified.ended = [{ register: identity.register, epoch, seq: seq - 1 }];
    shop.register.unifiedChanged('suspended');
    await shop.must('searchItems', { text: 'tea', limit: 1 });
    expect(shop.register.snapshot('suspended')).toMatchObject([{ transactionId }]);
    unified.ended = [{ register: identity.register, epoch, seq }];
    shop.register.unifiedChanged('suspended');
    await vi.waitFor(() => expect(shop.register.snapshot('suspended')).toEqual([]));
    expect(shop.ledger.drafts()).toEqual([]);
    expect(shop.notices.at(-1)).toMatchObject({ code: 'resumed-elsewhere', detail: 'Mine' });
  });

  test('that another register is about to take up waits', async () => {
    const unified = new TestUnifiedView();
    unified.claim = answers({ ok: false, reason: 'taken' });
    const { shop, transactionId } = await putAside(unified);
    expect(await shop.refusal('resume', { transactionId })).toBe('resumed-elsewhere');
    expect(shop.register.snapshot('suspended')).toMatchObject([{ transactionId, here: true }]);
  });
});
