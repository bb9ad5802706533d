import { webcrypto } from 'node:crypto';
import type { MessagePortMain } from 'electron';
import { openReplica, type Replica } from '@evertill/replica';
import type { LookupAnswer, LookupRequest, LookupStart } from './messages.ts';

/** The replica in a utility process, as the core holds it, and nothing else in its heap; answers look-ups over the port of the page. */
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

type ParentPort = {
  on(event: 'message', listener: (message: { data: LookupStart; ports: MessagePortMain[] }) => void): void;
};
const parentPort = (process as unknown as { parentPort: ParentPort }).parentPort;

parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (port) void serve(data, port);
});

async function serve(start: LookupStart, port: MessagePortMain): Promise<void> {
  const replica = await openReplica({
    folder: start.replicaFolder,
    publishedFolder: start.publishedFolder,
    scope: start.scope,
    verifyKeys: start.keys,
    nowMs: Date.now,
  });
  port.on('message', (event) => void answer(replica, port, event.data as LookupRequest));
  port.start();
}

async function answer(replica: Replica, port: MessagePortMain, request: LookupRequest): Promise<void> {
  const { id } = request;
  const say = (message: LookupAnswer): void => port.postMessage(message);
  if (request.kind === 'nothing') say({ id, kind: 'nothing' });
  else say({ id, kind: 'found', items: await replica.findByScanCode(request.scanCode) });
}
