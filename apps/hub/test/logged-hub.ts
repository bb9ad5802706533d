import { createHash } from 'node:crypto';
import { openDataFolder } from '../src/data-folder.ts';
import { startHub } from '../src/hub.ts';
import { createLog } from '../src/log.ts';
import { temporaryFolder } from '@evertill/testkit';
import type { TestHub } from './test-hub.ts';

export type LogLine = { readonly level: string; readonly event: string; readonly what?: string; readonly why?: string };

/** A real hub whose log is read line by line as it is written, and whose clock can be put forward. */
export type LoggedHub = Omit<TestHub, 'discard'> & {
  readonly text: () => string;
  readonly lines: () => LogLine[];
  /** A digest of everything that is kept, to see that nothing was added or changed. */
  readonly kept: () => string;
  readonly advance: (ms: number) => void;
};

export async function startLoggedHub(): Promise<LoggedHub> {
  const temporary = temporaryFolder('bad-input');
  const folder = openDataFolder(temporary.path, { exclusive: true });
  let aheadMs = 0;
  let text = '';
  const nowMs = (): number => Date.now() + aheadMs;
  const hub = await startHub({
    folder,
    host: '127.0.0.1',
    port: 0,
    nowMs,
    log: createLog((line) => (text += line), nowMs),
  });
  const lines = (): LogLine[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  return {
    hub,
    folder,
    faults: [],
    text: () => text,
    lines,
    kept() {
      const tables = folder.tables
        .statement<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
        .all();
      const rows = tables.map(({ name }) => [name, folder.tables.statement(`SELECT * FROM "${name}"`).all()]);
      return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    },
    advance(ms) {
      aheadMs += ms;
    },
    async close() {
      await hub.close();
      folder.close();
      temporary.dispose();
    },
  };
}
