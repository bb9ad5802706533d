import { randomUUID } from 'node:crypto';
import type { CoreConfig } from './core-config.ts';
import { startFaultOf } from './core-fault.ts';
import type { CorePort } from './core-port.ts';
import { openCore, type OpenCore } from './open-core.ts';
import { WindowServer } from './window-server.ts';

const LAST_WORDS_MS = 200;

export type RunningCore = {
  attach(port: CorePort): void;
  dispose(): Promise<void>;
};

/**
 * Starts a core and serves windows from the first moment: they are told what it is doing until it is open, or why it cannot open.
 * `tell` takes messages for whoever started it;
 * `onFatal` must end this process: whoever supervises it starts another.
 */
export function runCore(
  config: CoreConfig,
  needs: { tell: (message: unknown) => void; onFatal: () => void },
): RunningCore {
  const server = new WindowServer({ coreId: randomUUID(), nowMs: Date.now });
  const opening: Promise<OpenCore | null> = openCore(config, {
    onProgress: (step, done, total) => server.starting({ step, done, total, fault: null }),
    // The refusal that caused it must reach the page first.
    onFatal: () => void setTimeout(needs.onFatal, LAST_WORDS_MS),
  }).then(
    (core) => {
      server.open(core.register);
      needs.tell({ type: 'tray', items: core.tray });
      return core;
    },
    (fault: unknown) => {
      process.stderr.write(`the core cannot start: ${fault instanceof Error ? fault.stack : String(fault)}\n`);
      server.starting({ step: 'failed', done: 0, total: 0, fault: startFaultOf(fault) });
      return null;
    },
  );
  return {
    attach: (port) => server.attach(port),
    dispose: async () => {
      const core = await opening;
      await core?.dispose();
      server.dispose();
    },
  };
}
