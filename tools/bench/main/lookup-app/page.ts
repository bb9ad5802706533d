import { openDexieItems, type DexieItems } from './dexie-items.ts';
import type { BenchTax, LookupAnswer, LookupRequest, LookupResult, PublishedPage } from './messages.ts';

/** The anchor runs here, in the page, where RxDB on Dexie has to run; ours is asked over the port, as the register's page does it. */
const BLOCKS = 21;
const LOOKUPS_PER_BLOCK = 100;
/** What one side leaves behind (garbage, transactions that end) is not for the next side to pay. */
const REST_MS = 100;

window.addEventListener('message', (event) => {
  const [lookups, published] = event.ports;
  if (event.source !== window || !lookups || !published) return;
  void measure(asker(lookups), published).then(report, (fault: unknown) => report({ fault: String(fault) }));
});

function report(result: LookupResult | { fault: string }): void {
  document.title = `result:${JSON.stringify(result)}`;
}

async function measure(ask: Ask, published: MessagePort): Promise<LookupResult> {
  // Without it the clock of a page ticks in tenths of a millisecond.
  if (!window.crossOriginIsolated) throw new Error('the page is not isolated');
  const startedMs = performance.now();
  const { dexieItems, scanCodes } = await insertAll(published);
  const dexieInsertMs = performance.now() - startedMs;
  document.title = 'looking up';
  const ours: number[] = [];
  const dexie: number[] = [];
  const bareMessage: number[] = [];
  for (let block = 0; block < BLOCKS; block += 1) {
    const codes = Array.from({ length: LOOKUPS_PER_BLOCK }, (_, index) => {
      const turn = block * LOOKUPS_PER_BLOCK + index;
      return scanCodes[(turn * 7919) % scanCodes.length] ?? '';
    });
    // In turns, so that a slow moment of the machine is in all three.
    const samples = [
      await timedBlock(codes, (scanCode) => findOurs(ask, scanCode)),
      await timedBlock(codes, (scanCode) => dexieItems.findByScanCode(scanCode)),
      await timedBlock(codes, async () => [await ask({ kind: 'nothing' })]),
    ];
    // The first block is for warming up.
    if (block > 0) [ours, dexie, bareMessage].forEach((side, at) => side.push(...(samples[at] ?? [])));
  }
  return { ours, dexie, bareMessage, dexieInsertMs, documents: scanCodes.length };
}

async function timedBlock(codes: readonly string[], find: (scanCode: string) => Promise<unknown[]>): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const samples: number[] = [];
  for (const scanCode of codes) samples.push(await timed(() => find(scanCode)));
  return samples;
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
async function insertAll(published: MessagePort): Promise<{ dexieItems: DexieItems; scanCodes: string[] }> {
  const taxes = new Map<string, BenchTax>();
  const dexieItems = await openDexieItems(taxes);
  const scanCodes: string[] = [];
  for (;;) {
    const page = await nextPage(published);
    if (!page) return { dexieItems, scanCodes };
    for (const tax of page.taxes) taxes.set(tax.id, tax);
    await dexieItems.insert(page.products, page.prices);
    for (const { scanCode } of page.products) if (scanCode !== '') scanCodes.push(scanCode);
    document.title = `inserting into Dexie: ${scanCodes.length}`;
  }
}

function nextPage(published: MessagePort): Promise<PublishedPage | null> {
  return new Promise((resolve) => {
    published.onmessage = (event) => resolve(event.data as PublishedPage | null);
    published.postMessage(null);
  });
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
