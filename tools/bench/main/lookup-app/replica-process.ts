import { webcrypto } from 'node:crypto';
import type { MessagePortMain } from 'electron';
import { ed25519Verifier, readHead, type CollectionName, type PublishedDocuments } from '@evertill/published';
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
  const published = {
    products: await allOf('products', start),
    prices: await allOf('prices', start),
    taxes: await allOf('taxes', start),
  };
  port.on('message', (event) => void answer(replica, published, port, event.data as LookupRequest));
  port.start();
}

async function answer(
  replica: Replica,
  published: Pick<LookupAnswer & { kind: 'page' }, 'products' | 'prices' | 'taxes'>,
  port: MessagePortMain,
  request: LookupRequest,
): Promise<void> {
  const { id } = request;
  if (request.kind === 'nothing') {
    port.postMessage({ id, kind: 'nothing' } satisfies LookupAnswer);
    return;
  }
  if (request.kind === 'find') {
    const items = await replica.findByScanCode(request.scanCode);
    port.postMessage({ id, kind: 'found', items } satisfies LookupAnswer);
    return;
  }
  const { offset, limit } = request;
  port.postMessage({
    id,
    kind: 'page',
    products: published.products.slice(offset, offset + limit),
    prices: published.prices.slice(offset, offset + limit),
    taxes: published.taxes.slice(offset, offset + limit),
  } satisfies LookupAnswer);
}

async function allOf<Name extends CollectionName>(name: Name, start: Start): Promise<PublishedDocuments[Name][]> {
  const head = readHead({ folder: start.publishedFolder, scope: start.scope, verify: ed25519Verifier(start.keys) });
  const documents: PublishedDocuments[Name][] = [];
  if (!head) return documents;
  for await (const batch of head.readBatches(name)) documents.push(...batch);
  return documents;
}
