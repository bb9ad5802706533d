import { createRxDatabase, type RxCollection } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { BenchProduct, LookupAnswer, LookupRequest, LookupResult } from './messages.ts';

/** The anchor runs here, in the page, where RxDB on Dexie has to run; ours is asked over the port, as the register's page does it. */
const LOOKUPS = 2_000;
const BATCH = 2_000;
const WARM_UP = 200;

window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source === window && port) void measure(port).then(report, (fault: unknown) => report({ fault: String(fault) }));
});

function report(result: LookupResult | { fault: string }): void {
  document.title = `result:${JSON.stringify(result)}`;
}

async function measure(port: MessagePort): Promise<LookupResult> {
  const ask = asker(port);
  const products = await allProducts(ask);
  document.title = `inserting ${products.length} documents into Dexie`;
  const startedMs = performance.now();
  const collection = await dexieCollection(products);
  const dexieInsertMs = performance.now() - startedMs;
  const codes = Array.from({ length: LOOKUPS + WARM_UP }, (_, index) => products[(index * 7919) % products.length]?.scanCode ?? '');
  document.title = 'looking up';
  const ours: number[] = [];
  const dexie: number[] = [];
  for (const scanCode of codes) {
    // In turns, so that a slow moment of the machine is in both.
    ours.push(await timed(() => ask({ kind: 'find', scanCode })));
    dexie.push(await timed(() => collection.find({ selector: { scanCode } }).exec()));
  }
  return { ours: ours.slice(WARM_UP), dexie: dexie.slice(WARM_UP), dexieInsertMs, documents: products.length };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

type Question = LookupRequest extends infer R ? (R extends LookupRequest ? Omit<R, 'id'> : never) : never;
type Ask = (question: Question) => Promise<LookupAnswer>;

function asker(port: MessagePort): Ask {
  const waiting = new Map<number, (answer: LookupAnswer) => void>();
  let lastId = 0;
  port.onmessage = (event) => {
    const answer = event.data as LookupAnswer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  };
  return (question) =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      port.postMessage({ ...question, id: lastId });
    });
}

async function allProducts(ask: Ask): Promise<BenchProduct[]> {
  const products: BenchProduct[] = [];
  for (;;) {
    const answer = await ask({ kind: 'page', offset: products.length, limit: BATCH });
    if (!('products' in answer) || answer.products.length === 0) return products;
    products.push(...answer.products);
  }
}

async function dexieCollection(products: BenchProduct[]): Promise<RxCollection<BenchProduct>> {
  const database = await createRxDatabase({ name: 'bench', storage: getRxStorageDexie(), multiInstance: false, eventReduce: true });
  const text = { type: 'string', maxLength: 200 } as const;
  const { products: collection } = await database.addCollections<{ products: RxCollection<BenchProduct> }>({
    products: {
      schema: {
        version: 0,
        primaryKey: 'id',
        type: 'object',
        properties: { id: text, scanCode: { ...text, maxLength: 80 }, name: text, sku: text, department: text },
        required: ['id', 'scanCode', 'name', 'sku', 'department'],
        indexes: ['scanCode'],
      },
    },
  });
  for (let at = 0; at < products.length; at += BATCH) await collection.bulkInsert(products.slice(at, at + BATCH));
  return collection;
}
