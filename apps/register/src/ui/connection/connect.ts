import { BenchClient } from './bench-client.ts';
import { CoreClient } from './core-client.ts';
import { onPort, pageDoor } from './window-door.ts';

/** Connects this window to the core; call once. */
export function connectCore(): CoreClient {
  const client = new CoreClient({ requestPort: () => pageDoor()?.requestPort(), nowMs: () => Date.now() });
  onPort((port) => client.attach(port));
  pageDoor()?.requestPort();
  return client;
}

/** Connects this window to the hardware bench; call once. */
export function connectBench(): BenchClient {
  const client = new BenchClient();
  onPort((port) => client.attach(port));
  pageDoor()?.requestPort();
  return client;
}
