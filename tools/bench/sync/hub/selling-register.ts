import { chainEpoch, chainFact, generateSigningKey, type SealedRecord, type SigningKey } from '@evertill/journal';
import { exampleBasis, exampleSale } from '@evertill/records/testing';

/** Lines of a sale: what a customer of a small shop has in hand. */
const LINES = 3;
/** Articles of a store that sell: each has a stock document. */
const ITEMS = 2_000;
const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
const recordedAt = { at: '2026-03-02T09:00:00.000Z', tzOffsetMin: 60 };

export type Author = { readonly tenant: string; readonly store: string; readonly register: string };

/** A register's journal without a register around it: records that are chained and signed, made before anything is measured. */
export class SellingRegister {
  readonly author: Author;
  readonly key: SigningKey;
  /** In order; what was sent is taken away from the front. */
  readonly unsent: SealedRecord[] = [];
  #head: { epoch: number; seq: number; hash: string };
  #sales = 0;

  constructor(author: Author) {
    this.author = author;
    const { key } = generateSigningKey();
    this.key = key;
    const random = new Uint8Array(16);
    const opened = chainEpoch({
      identity: author,
      epoch: 1,
      parent: null,
      reason: 'enrolled',
      random,
      context,
      key,
      ...recordedAt,
    });
    this.#head = opened.head;
    this.unsent.push(opened.sealed);
  }

  /** Seals `count` more sales. */
  sell(count: number): void {
    for (let nth = 0; nth < count; nth += 1) {
      this.#sales += 1;
      const sealed = chainFact({
        identity: this.author,
        head: this.#head,
        fact: this.#sale(),
        context,
        key: this.key,
        ...recordedAt,
      });
      this.#head = sealed.head;
      this.unsent.push(sealed.sealed);
    }
  }

  #sale(): ReturnType<typeof exampleSale> {
    const sale = exampleSale(`${this.author.register}-${this.#sales}`, this.#sales);
    const [line] = sale.payload.lines;
    if (!line) throw new Error('the example sale has a line');
    const lines = Array.from({ length: LINES }, (_, index) => ({
      ...line,
      lineId: `line-${index + 1}`,
      itemId: `item-${(this.#sales * 37 + index * 701) % ITEMS}`,
    }));
    return { ...sale, payload: { ...sale.payload, lines } };
  }
}
