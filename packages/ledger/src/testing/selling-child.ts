import { writeSync } from 'node:fs';
import { LedgerFault } from '../ledger-fault.ts';
import { openLedger } from '../open-ledger.ts';
import { commitSale, exampleOptions } from './ledger-fixture.ts';

/**
 * A register that does nothing but sell, to be killed: `selling-child ROOT SALES MODE`. It says `ready`, then `sold ID` after each commit
 * returned, `fault CODE` and ends with status 3 when the ledger throws a fault, `done` at the end. Its lines are written at once
 * and synchronously, so whoever kills it has every acknowledgement that was given. MODE: `one` (a sale is one commit) or `two` (a sale
 * with a draft written before it, which is one commit more), `kill` (drafts, checkpoints and the trail too), `insist` (after a fault it tries
 * twice more and says `again CODE`).
 */
const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

function insistOn(work: () => void): void {
  try {
    work();
  } catch (first) {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        work();
        say('again sold');
      } catch (error) {
        say(`again ${error instanceof LedgerFault ? error.code : String(error)}`);
      }
    }
    throw first;
  }
}

async function sell(root: string, sales: number, mode: string): Promise<void> {
  try {
    // The trail would sync files of its own beside the sales: kept apart where commits are counted.
    const ledger = openLedger(exampleOptions(root, mode === 'kill' ? { trailDelayMs: 5 } : { trailDelayMs: 600_000 }));
    say('ready');
    for (let number = 1; number <= sales; number += 1) {
      const id = `tx-${ledger.head().epoch}-${ledger.head().seq}-${process.pid}`;
      if (mode === 'two' || mode === 'kill')
        ledger.write((tx) => tx.putDraft({ transactionId: id, status: 'open', name: '', json: '{}' }));
      if (mode === 'insist') insistOn(() => commitSale(ledger, id));
      else commitSale(ledger, id);
      say(`sold ${id}`);
      if (mode === 'kill') {
        if (number % 25 === 0) ledger.checkpointWhenIdle();
        // The trail's timers and threads get their turn, as they do in the core.
        if (number % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    say('done');
    if (mode === 'kill') await ledger.dispose();
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    say(`fault ${error.code}`);
    process.exitCode = 3;
  }
}

const [root, salesText, mode = 'one'] = process.argv.slice(2);
if (root === undefined || salesText === undefined) throw new Error('usage: selling-child ROOT SALES MODE');
void sell(root, Number(salesText), mode);
