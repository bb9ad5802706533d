/** Where the data of the look-up application lie. */
export type LookupStart = {
  replicaFolder: string;
  publishedFolder: string;
  scope: string;
  keys: { keyId: string; publicKeyPem: string }[];
};

/** What the page asks of the process that holds the replica; `nothing` is answered at once. */
export type LookupRequest = { id: number; kind: 'nothing' } | { id: number; kind: 'find'; scanCode: string };

export type BenchProduct = {
  id: string;
  sku: string;
  scanCode: string;
  name: string;
  variant: string | null;
  brand: string | null;
  department: string;
  taxClass: string;
  styleId: string | null;
};
export type BenchPrice = {
  id: string;
  itemId: string;
  amountMinor: number;
  compareAtMinor: number | null;
  currency: string;
  validFrom: string;
};
export type BenchTax = { id: string; name: string; rates: { rateId: string; name: string; ratePpm: number }[] };

/** What a register needs of an item to sell it: the question that both sides are asked. */
export type BenchItem = { product: BenchProduct; price: BenchPrice | null; tax: BenchTax | null };

export type LookupAnswer = { id: number; kind: 'nothing' } | { id: number; kind: 'found'; items: BenchItem[] };

/** The answer to any message on the second port: the next of what is published, `null` at the end. */
export type PublishedPage = { products: BenchProduct[]; prices: BenchPrice[]; taxes: BenchTax[] };

/** What the page found out, in milliseconds for each look-up. */
export type LookupResult = {
  ours: number[];
  dexie: number[];
  /** A message to the replica's process and back that looks nothing up. */
  bareMessage: number[];
  dexieInsertMs: number;
  documents: number;
};
