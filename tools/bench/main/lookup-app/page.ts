import { openDexieItems, type DexieItems } from './dexie-items.ts';
import type { BenchTax, LookupAnswer, LookupRequest, LookupResult } from './messages.ts';

/** The anchor runs here, in the page, where RxDB on Dexie has to run; ours is asked over the port, as the register's page does it. */
const LOOKUPS = 2_000;
const WARM_UP = 200;
const BATCH = 2_000;

window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source !== window || !port) return;
  void measure(port).then(report, (fault: unknown) => report({ fault: String(fault) }));
});

function report(result: LookupResult | { fault: string }): void {
  document.title = `result:${JSON.stringify(result)}`;
}

async function measure(port: MessagePort): Promise<LookupResult> {
  // Without it the clock of a page ticks in tenths of a millisecond.
  if (!window.crossOriginIsolated) throw new Error('the page is not isolated');
  const ask = asker(port);
  const startedMs = performance.now();
  const { dexieItems, scanCodes } = await insertAll(ask);
  const dexieInsertMs = performance.now() - startedMs;
  document.title = 'looking up';
  const codes = Array.from(
    { length: LOOKUPS + WARM_UP },
    (_, index) => scanCodes[(index * 7919) % scanCodes.length] ?? '',
  );
  const ours: number[] = [];
  const dexie: number[] = [];
  const bareMessage: number[] = [];
  for (const scanCode of codes) {
    // In turns, so that a slow moment of the machine is in both.
    ours.push(await timed(() => findOurs(ask, scanCode)));
    dexie.push(await timed(() => dexieItems.findByScanCode(scanCode)));
    bareMessage.push(await timed(async () => [await ask({ kind: 'nothing' })]));
  }
  return {
    ours: ours.slice(WARM_UP),
    dexie: dexie.slice(WARM_UP),
    bareMessage: bareMessage.slice(WARM_UP),
    dexieInsertMs,
    documents: scanCodes.length,
  };
}

async function findOurs(ask: Ask, scanCode: string): Promise<unknown[]> {
  const answer = await ask({ kind: 'find', scanCode });
  return answer.kind === 'found' ? answer.items : [];
}

async function timed(find: () => Promise<unknown[]>): Promise<number> {
  const startedMs = performance.now();
  const items = await find();
  const spentMs = performance.now() - startedMs;
  if (items.length === 0) throw new Error('a published item was not found');
  return spentMs;
}

/** Everything published goes into Dexie, page by page; answers with the codes that there are to scan. */
async function insertAll(ask: Ask): Promise<{ dexieItems: DexieItems; scanCodes: string[] }> {
  const taxes = new Map<string, BenchTax>();
  const dexieItems = await openDexieItems(taxes);
  const scanCodes: string[] = [];
  for (let offset = 0; ; offset += BATCH) {
    const answer = await ask({ kind: 'page', offset, limit: BATCH });
    if (answer.kind !== 'page') throw new Error('a page was asked for');
    if (answer.products.length + answer.prices.length === 0) return { dexieItems, scanCodes };
    for (const tax of answer.taxes) taxes.set(tax.id, tax);
    await dexieItems.insert(answer.products, answer.prices);
    for (const { scanCode } of answer.products) if (scanCode !== '') scanCodes.push(scanCode);
    document.title = `inserting into Dexie: ${scanCodes.length}`;
  }
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
