import { webcrypto } from 'node:crypto';
import type { MessagePortMain } from 'electron';
import { coreConfigSchema } from './core-config.ts';
import type { CorePort } from './core-port.ts';
import { runCore } from './run-core.ts';

/** The core as an Electron utility process: the first message starts it, later ones bring the ports of windows. */

// Utility processes of Electron 25 have no global crypto; RxDB and its plugins expect one.
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

type MainMessage = { data: { type?: unknown; config?: unknown; windowKind?: unknown }; ports: MessagePortMain[] };
type ParentPort = {
  on(event: 'message', listener: (message: MainMessage) => void): void;
  postMessage(message: unknown): void;
};

const parentPort = (process as unknown as { parentPort: ParentPort }).parentPort;
/** The exit code of a core that must be started anew. */
const FATAL = 75;

let core: ReturnType<typeof runCore> | null = null;

parentPort.on('message', ({ data, ports }) => {
  if (data.type === 'start')
    core = runCore(coreConfigSchema.parse(data.config), {
      tell: (message) => parentPort.postMessage(message),
      onFatal: () => process.exit(FATAL),
    });
  else if (data.type === 'port' && ports[0] && data.windowKind === 'register') core?.attach(portOfElectron(ports[0]));
  else if (data.type === 'shutdown') void endAfter(core?.dispose());
});

function portOfElectron(port: MessagePortMain): CorePort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  };
}

async function endAfter(disposed: Promise<void> | undefined): Promise<void> {
  await disposed;
  process.exit(0);
}
