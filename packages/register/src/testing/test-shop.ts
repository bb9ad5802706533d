import { sequentialIds, steppingClock, type SteppingClock } from '@evertill/testkit';
import type { AnswerOf, CommandName, ParamsOf } from '../commands.ts';
import { createRegister, type Register } from '../create-register.ts';
import type { Catalog, CatalogItem, RegisterLedger, RegisterNeeds, StaffMember, StoreProfile } from '../needs.ts';
import type { NoticeView, TransactionView } from '../views.ts';
import { ManualTimers } from './manual-timers.ts';
import { type Disk, emptyDisk, MemoryLedger } from './memory-ledger.ts';

export const identity = { tenant: 'acme', store: 'BER1', register: '1' };

export const testStore: StoreProfile = {
  id: 'BER1',
  name: 'Berlin One',
  addressLines: ['Street 1'],
  currency: 'EUR',
  countryCode: 'DE',
  locale: 'de-DE',
  timeZone: 'Europe/Berlin',
  taxIncluded: true,
  receiptFooterLines: [],
};

export const staff: StaffMember[] = [
  { staffId: 'anna', name: 'Anna', role: 'manager', grantExpiresAt: null },
  { staffId: 'ben', name: 'Ben', role: 'cashier', grantExpiresAt: null },
  { staffId: 'cleo', name: 'Cleo', role: 'supervisor', grantExpiresAt: '2026-03-01T00:00:00.000Z' },
];

export function catalogItem(id: string, scanCode: string, amountMinor: number | null): CatalogItem {
  return {
    product: {
      id,
      sku: `SKU-${id}`,
      scanCode,
      name: `The ${id}`,
      variant: null,
      brand: null,
      department: 'all',
      taxClass: 'full',
    },
    price: amountMinor === null ? null : { id: `price-${id}`, amountMinor, compareAtMinor: null, currency: 'EUR' },
    tax: { rates: [{ rateId: 'vat', name: 'VAT', ratePpm: 190_000 }] },
  };
}

export const testItems = [
  catalogItem('tea', '04006381333931', 399),
  catalogItem('mug', '00012345678905', 1250),
  catalogItem('unpriced', 'CODE-3', null),
  catalogItem('twin-a', 'TWIN', 100),
  catalogItem('twin-b', 'TWIN', 200),
];

export class TestCatalog implements Catalog {
  items: CatalogItem[] = testItems;
  profile: StoreProfile | null = testStore;
  version = 'v1';
  /** Awaited by each look-up: lets a test stand between the asking and the answer. */
  before: () => Promise<void> = async () => undefined;
  readonly #listeners = new Set<() => void>();

  async findByScanCode(scanCode: string): Promise<CatalogItem[]> {
    await this.before();
    return this.items.filter((item) => item.product.scanCode === scanCode);
  }
  async findById(itemId: string): Promise<CatalogItem | null> {
    await this.before();
    return this.items.find((item) => item.product.id === itemId) ?? null;
  }
  async search(text: string, limit: number): Promise<CatalogItem[]> {
    return this.items.filter((item) => item.product.name.includes(text)).slice(0, limit);
  }
  async store(): Promise<StoreProfile | null> {
    return this.profile;
  }
  status() {
    return { itemCount: this.items.length, version: this.version, publishedAt: null, importing: null };
  }
  onStatus(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  publish(version: string): void {
    this.version = version;
    for (const listener of this.#listeners) listener();
  }
  basis() {
    return { catalog: this.version, prices: this.version, tax: this.version };
  }
}

/** A world that outlives registers: its clock, ids and disk go on when a register is opened again. */
export class TestShop<L extends RegisterLedger = MemoryLedger> {
  readonly clock: SteppingClock = steppingClock({ stepMs: 1 });
  readonly timers = new ManualTimers();
  readonly catalog = new TestCatalog();
  readonly faults: { where: string; error: unknown }[] = [];
  readonly notices: NoticeView[] = [];
  readonly #ids = sequentialIds('id');
  readonly ledger: L;
  register!: Register;

  private constructor(makeLedger: (clock: RegisterNeeds['clock']) => L) {
    this.ledger = makeLedger(this.wallClock);
  }

  static async open(disk: Disk = emptyDisk(), changes: Partial<RegisterNeeds> = {}): Promise<TestShop> {
    return TestShop.openOn((clock) => new MemoryLedger(disk, { identity, clock }), changes);
  }

  static async openOn<L extends RegisterLedger>(
    makeLedger: (clock: RegisterNeeds['clock']) => L,
    changes: Partial<RegisterNeeds> = {},
  ): Promise<TestShop<L>> {
    const shop = new TestShop<L>(makeLedger);
    shop.register = await createRegister({ ...shop.needs(), ...changes });
    shop.register.onSnapshot((name, value) => {
      if (name === 'notice' && value) shop.notices.push(value as NoticeView);
    });
    return shop;
  }

  get wallClock(): RegisterNeeds['clock'] {
    return { nowMs: () => this.clock.nowMs(), tzOffsetMin: () => this.clock.tzOffsetMin };
  }

  needs(): RegisterNeeds {
    return {
      ledger: this.ledger,
      catalog: this.catalog,
      pins: { verify: async (staffId, pin) => pin === `pin-${staffId}` },
      staff,
      identity,
      clock: this.wallClock,
      ids: { next: () => `${this.#ids.next()}-${this.ledger.head().seq}` },
      receipts: {
        sale: ({ receiptLabel, copyNumber }) => ({ receiptLabel, copyNumber }),
        xReport: ({ report }) => ({ total: report.sums.totalMinor }),
        zReport: ({ report }) => ({ z: report.zNumber }),
      },
      timers: this.timers,
      version: '0.0.0',
      onFault: (where, error) => this.faults.push({ where, error }),
    };
  }

  /** Does it, or fails the test with the refusal. */
  async must<N extends CommandName>(name: N, params: ParamsOf<N>): Promise<AnswerOf<N>> {
    const outcome = await this.register.handle(name, params);
    if (!outcome.ok) throw new Error(`${name} refused: ${outcome.error.code} ${outcome.error.detail ?? ''}`);
    return outcome.value;
  }

  /** The refusal's code, or `accepted`. */
  async refusal<N extends CommandName>(name: N, params: ParamsOf<N>): Promise<string> {
    const outcome = await this.register.handle(name, params);
    return outcome.ok ? 'accepted' : outcome.error.code;
  }

  signOn(staffId = 'anna'): Promise<null> {
    return this.must('signOn', { staffId, pin: `pin-${staffId}` });
  }

  async openForSale(): Promise<void> {
    await this.signOn();
    await this.must('openTill', { counts: [{ denominationMinor: 1000, count: 10 }] });
  }

  scan(code: string): Promise<void> {
    return this.register.scan({ code, atMs: 0 });
  }

  get transaction(): TransactionView {
    const view = this.register.snapshot('transaction');
    if (!view) throw new Error('no transaction is open');
    return view;
  }

  /** Which transaction, as of now: what a screen quotes. */
  get aim(): { transactionId: string; revision: number } {
    const { transactionId, revision } = this.transaction;
    return { transactionId, revision };
  }

  async sell(codes: readonly string[], tenderedMinor?: number): Promise<{ changeDueMinor: number }> {
    for (const code of codes) await this.must('addByCode', { code });
    const answer = await this.must('tenderCash', {
      ...this.aim,
      amountMinor: tenderedMinor ?? this.transaction.dueMinor,
    });
    if (!answer.completed) throw new Error('not enough cash');
    return answer;
  }
}

export const TEA = '4006381333931';
export const MUG = '012345678905';
