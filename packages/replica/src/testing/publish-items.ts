import { generateKeyPairSync } from 'node:crypto';
import { ed25519Signer, keyIdOf, publishSnapshot } from '@evertill/published';
import type { Price, Product, PublishResult, Sign, Store, Tax, TrustedKey } from '@evertill/published';

/** A publisher with a key of its own, for tests and benchmarks. */
export interface TestPublisher {
  sign: Sign;
  verifyKeys: TrustedKey[];
}

export function testPublisher(): TestPublisher {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const sign = ed25519Signer(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return { sign, verifyKeys: [{ keyId: keyIdOf(publicKeyPem), publicKeyPem }] };
}

export const SCOPE = 'store-1';

export function product(id: string, rest: Partial<Product> = {}): Product {
  return {
    id,
    sku: `SKU-${id}`,
    scanCode: '',
    name: `Item ${id}`,
    variant: null,
    brand: null,
    department: 'grocery',
    taxClass: 'standard',
    styleId: null,
    ...rest,
  };
}

export function price(itemId: string, amountMinor: number, rest: Partial<Price> = {}): Price {
  return {
    id: `${itemId}-${amountMinor}`,
    itemId,
    amountMinor,
    compareAtMinor: null,
    currency: 'EUR',
    validFrom: '2026-01-01T00:00:00.000Z',
    ...rest,
  };
}

export const tax: Tax = { id: 'standard', name: 'Standard', rates: [{ rateId: 'vat', name: 'VAT', ratePpm: 200_000 }] };

export const store: Store = {
  id: '1',
  name: 'Evertill Market',
  addressLines: ['1 Main Street'],
  currency: 'EUR',
  countryCode: 'IE',
  locale: 'en-IE',
  timeZone: 'Europe/Dublin',
  taxIncluded: true,
  receiptFooterLines: ['Thank you'],
};

export function publish(
  folder: string,
  { sign }: TestPublisher,
  products: Iterable<Product>,
  prices: Iterable<Price>,
  version?: number,
): Promise<PublishResult> {
  return publishSnapshot({
    folder,
    scope: SCOPE,
    createdAtIso: '2026-02-01T08:00:00.000Z',
    ...(version === undefined ? {} : { version }),
    collections: { products, prices, taxes: [tax], stores: [store] },
    sign,
  });
}
