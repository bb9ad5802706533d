import { coreConfigSchema } from './core-config.ts';
import type { CorePort } from './core-port.ts';
import { runCore } from './run-core.ts';

/**
 * The core in plain Node, forked by a test, a benchmark or a register without a screen. The first message over the process channel is
 * the configuration; every later one is a request of the one window that the channel stands for. Ending the channel ends the core.
 */
if (!process.send) throw new Error('the headless core is started by fork, with a channel');

/** The exit code of a core that must be started anew. */
const FATAL = 75;

let core: ReturnType<typeof runCore> | null = null;
const listeners = new Set<(message: unknown) => void>();
const closeListeners = new Set<() => void>();

const channel: CorePort = {
  post: (message) => process.connected && process.send?.(message),
  onMessage: (listener) => listeners.add(listener),
  onClose: (listener) => closeListeners.add(listener),
  close: () => process.disconnect(),
};

process.on('message', (message: unknown) => {
  if (core) {
    for (const listener of listeners) listener(message);
    return;
  }
  core = runCore(coreConfigSchema.parse(message), {
    tell: (news) => channel.post({ kind: 'news', news }),
    onFatal: () => process.exit(FATAL),
  });
  core.attach(channel);
});

process.on('disconnect', () => {
  for (const listener of closeListeners) listener();
  void end();
});
process.on('SIGTERM', () => void end());

async function end(): Promise<void> {
  await core?.dispose();
  process.exit(0);
}
