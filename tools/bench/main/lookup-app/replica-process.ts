import { webcrypto } from 'node:crypto';
import type { MessagePortMain } from 'electron';
import { ed25519Verifier, readHead } from '@evertill/published';
import { openReplica, type Replica } from '@evertill/replica';
import type { BenchProduct, LookupRequest } from './messages.ts';

/** The replica in a utility process, as the core holds it; answers look-ups over the port of the page. */
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

type Start = { replicaFolder: string; publishedFolder: string; scope: string; keys: { keyId: string; publicKeyPem: string }[] };
type ParentPort = { on(event: 'message', listener: (message: { data: Start; ports: MessagePortMain[] }) => void): void };
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
  const products = await publishedProducts(start);
  port.on('message', (event) => void answer(replica, products, port, event.data as LookupRequest));
  port.start();
}

async function answer(replica: Replica, products: BenchProduct[], port: MessagePortMain, request: LookupRequest): Promise<void> {
  if (request.kind === 'find') {
    const items = await replica.findByScanCode(request.scanCode);
    port.postMessage({ id: request.id, items: items.length });
  } else {
    port.postMessage({ id: request.id, products: products.slice(request.offset, request.offset + request.limit) });
  }
}

async function publishedProducts(start: Start): Promise<BenchProduct[]> {
  const head = readHead({ folder: start.publishedFolder, scope: start.scope, verify: ed25519Verifier(start.keys) });
  const products: BenchProduct[] = [];
  if (!head) return products;
  for await (const batch of head.readBatches('products')) {
    for (const { id, scanCode, name, sku, department } of batch) products.push({ id, scanCode, name, sku, department });
  }
  return products;
}
