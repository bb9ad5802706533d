import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openDataFolder } from './data-folder.ts';
import { author, CODE_LIFE_MS, Enrolment, revoke } from './enrolment.ts';
import { followInThread } from './following-thread.ts';
import { loadHubApi } from './hub-api.ts';
import { serveHub } from './hub.ts';
import { createLog } from './log.ts';
import { eventsCommand } from './events-command.ts';
import { replay, replayFromLake } from './replay.ts';
import { StoreTemplates } from './store-templates.ts';

const USAGE = `evertill-hub <command> --folder <data folder>

  serve    [--host 127.0.0.1] [--port 4780]                          serve until told to end
  set-up   --store-folder <folder>                                   take a store's enrolment and catalog over
  enroll   --tenant t --store s --register r [--role register]       print a one-time code for a register
           [--replace]                                               also where a register of that name is enrolled
  revoke   --tenant t --register r                                   take a register's right to speak
  replay   [--from-lake]                                             build the views anew beside the old, and compare
  events   summary | dead-letters                                    sales by the hour; what could not be delivered
  events   replay --rule r [--from 2026-03-01] [--to 2026-03-31]     deliver a stretch of the lake once more
`;

const nowMs = (): number => Date.now();
const log = createLog((line) => process.stderr.write(line), nowMs);

const OPTIONS = {
  folder: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '4780' },
  tenant: { type: 'string' },
  store: { type: 'string' },
  register: { type: 'string' },
  role: { type: 'string', default: 'register' },
  replace: { type: 'boolean', default: false },
  'from-lake': { type: 'boolean', default: false },
  rule: { type: 'string' },
  from: { type: 'string', default: '' },
  to: { type: 'string', default: '9999' },
  'store-folder': { type: 'string' },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command] = positionals;
  if (values.folder === undefined || command === undefined) return usage();
  if (command === 'replay') return replayCommand(values.folder, values['from-lake']);
  if (command === 'serve') return serve(values.folder, values.host, Number(values.port));
  const folder = openDataFolder(values.folder, { exclusive: false });
  try {
    if (command === 'enroll') {
      const { tenant, store, register, role } = values;
      const code = new Enrolment(folder.enrolment, nowMs).issue(
        author.parse({ tenant, store, register, role }),
        randomBytes,
        { replace: values.replace },
      );
      process.stdout.write(`${code}\n`);
      process.stderr.write(`For ${register} of store ${store}; once, within ${CODE_LIFE_MS / 60_000} minutes.\n`);
      return 0;
    }
    if (command === 'set-up') {
      const storeFolder = values['store-folder'];
      if (storeFolder === undefined) return usage();
      const { tables } = loadHubApi(folder, nowMs, log);
      const { store, version } = await new StoreTemplates(folder.path).setUp(storeFolder, tables);
      process.stdout.write(`${JSON.stringify({ store, version })}\n`);
      return 0;
    }
    if (command === 'events') {
      const { tables } = loadHubApi(folder, nowMs, log);
      const { rule, from, to } = values;
      const asked = { what: positionals[1] ?? '', rule, from, to };
      return await eventsCommand(folder.path, tables, asked, {
        nowMs,
        log,
        print: (line) => process.stdout.write(`${line}\n`),
      });
    }
    if (command === 'revoke') {
      const isKnown = revoke(loadHubApi(folder, nowMs, log).tables, values.tenant ?? '', values.register ?? '');
      process.stderr.write(isKnown ? 'Revoked.\n' : 'There is no such register.\n');
      return isKnown ? 0 : 1;
    }
    return usage();
  } finally {
    folder.close();
  }
}

async function serve(path: string, host: string, port: number): Promise<number> {
  const folder = openDataFolder(path, { exclusive: true });
  const { hub } = await serveHub({ folder, host, port, log, nowMs }, followInThread);
  // Before anybody is told that it serves: whoever reads the line may end it at once.
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  process.stdout.write(`${JSON.stringify({ url: hub.url })}\n`);
  await ended;
  await hub.close();
  folder.close();
  return 0;
}

/** While no hub serves the folder: what is compared must not move. */
async function replayCommand(path: string, fromLake: boolean): Promise<number> {
  const folder = openDataFolder(path, { exclusive: true });
  try {
    const outcome = await (fromLake ? replayFromLake : replay)(folder, nowMs, log);
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    return outcome.isEqual ? 0 : 1;
  } finally {
    folder.close();
  }
}

function usage(): number {
  process.stderr.write(USAGE);
  return 2;
}

process.exitCode = await main().catch((error: unknown) => {
  log('error', 'command-failed', { error });
  return 1;
});
