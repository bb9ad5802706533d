/** What the bench page asks of the process that holds the replica. */
export type LookupRequest = { id: number; kind: 'find'; scanCode: string } | { id: number; kind: 'page'; offset: number; limit: number };

export type BenchProduct = { id: string; scanCode: string; name: string; sku: string; department: string };
export type LookupAnswer = { id: number; items: number } | { id: number; products: BenchProduct[] };

/** What the page found out, in milliseconds for each look-up. */
export type LookupResult = { ours: number[]; dexie: number[]; dexieInsertMs: number; documents: number };
