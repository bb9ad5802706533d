import { webcrypto } from 'node:crypto';
import type { MessagePortMain } from 'electron';
import { ed25519Verifier, readHead } from '@evertill/published';
import { openReplica, type Replica } from '@evertill/replica';
import type { LookupAnswer, LookupRequest } from './messages.ts';

/** The replica in a utility process, as the core holds it; answers look-ups over the port of the page. */
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

type Start = {
  replicaFolder: string;
  publishedFolder: string;
  scope: string;
  keys: { keyId: string; publicKeyPem: string }[];
};
type ParentPort = {
  on(event: 'message', listener: (message: { data: Start; ports: MessagePortMain[] }) => void): void;
};
const parentPort = (process as unknown as { parentPort: ParentPort }).parentPort;

parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (port) void serve(data, port);
});

async function serve(start: Start, port: MessagePortMain): Promise<void> {
  const replica = await openReplica({
    folder: start.replicaFolder,
    publishedFolder: start.publishedFolder,
    scope: start.scope,
    verifyKeys: start.keys,
    nowMs: Date.now,
  });
  // When this part of the benchmark runs alone, nobody has built the replica yet.
  if (!replica.status().snapshot) await replica.refresh();
  const published = publishedPages(start);
  port.on('message', (event) => void answer(replica, published, port, event.data as LookupRequest));
  port.start();
}

async function answer(replica: Replica, pages: Pages, port: MessagePortMain, request: LookupRequest): Promise<void> {
  const { id } = request;
  const say = (message: LookupAnswer): void => port.postMessage(message);
  if (request.kind === 'nothing') say({ id, kind: 'nothing' });
  else if (request.kind === 'find') say({ id, kind: 'found', items: await replica.findByScanCode(request.scanCode) });
  else say({ id, kind: 'page', ...((await pages.next()).value ?? { products: [], prices: [], taxes: [] }) });
}

type Page = Pick<Extract<LookupAnswer, { kind: 'page' }>, 'products' | 'prices' | 'taxes'>;
type Pages = AsyncGenerator<Page, undefined>;

/** One after another, and nothing is kept: the core holds no catalog in its heap either. */
async function* publishedPages({ publishedFolder: folder, scope, keys }: Start): Pages {
  const head = readHead({ folder, scope, verify: ed25519Verifier(keys) });
  if (!head) return undefined;
  const none: Page = { products: [], prices: [], taxes: [] };
  for await (const taxes of head.readBatches('taxes')) yield { ...none, taxes };
  for await (const products of head.readBatches('products')) yield { ...none, products };
  for await (const prices of head.readBatches('prices')) yield { ...none, prices };
  return undefined;
}
