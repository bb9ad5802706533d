import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { AuthorFault, endProcess } from '@evertill/author';
import { LedgerFault } from '@evertill/ledger';
import { dataFolderAt } from './publish/data-folder.ts';
import { NoShop, sendImporterJournal } from './stock/send-importer-journal.ts';

const USAGE = `Usage: npm run send-counts -- [--hub=URL --code=CODE] [--data=DIR]

Sends what was counted in this shop to a hub. The code is given out by the hub:
  npm run hub -- enroll --tenant=demo --store=DUB1 --register=DUB1-importer --role=channel --folder=DIR
Once joined, hub and code are not needed again.
`;

/** The time for a first run of a large shop; what is not sent by then goes with the next run. */
const DEADLINE_MS = 120_000;

/** Returns the exit code: 0 all is at the hub, 1 nothing was sent, 2 something waits. */
async function sendCounts(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { hub: { type: 'string' }, code: { type: 'string' }, data: { type: 'string' } },
  });
  const { hub, code, data = process.env['EVERTILL_DATA'] } = values;
  if (data === undefined || (hub === undefined) !== (code === undefined)) {
    process.stderr.write(USAGE);
    return 1;
  }
  const outcome = await sendImporterJournal({
    folder: dataFolderAt(data),
    invitation: hub === undefined || code === undefined ? null : { hubUrl: hub, code },
    nowMs: () => Date.now(),
    random: { bytes: (count) => randomBytes(count) },
    newId: randomUUID,
    fetch,
    deadlineMs: DEADLINE_MS,
  });
  if (outcome.ok) {
    process.stdout.write(`The hub has everything that was counted here; ${outcome.sent} records confirmed now.\n`);
    return 0;
  }
  const { sent, waiting, detail } = outcome;
  process.stderr.write(`${sent} records confirmed, ${waiting} wait. ${detail} Send again.\n`);
  return 2;
}

sendCounts(process.argv.slice(2)).then(endProcess, (error: unknown) => {
  const isExpected = [AuthorFault, LedgerFault, NoShop, TypeError].some((kind) => error instanceof kind);
  process.stderr.write(`${isExpected ? (error as Error).message : String((error as Error).stack ?? error)}\n`);
  endProcess(1);
});
