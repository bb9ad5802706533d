import { parentPort, workerData } from 'node:worker_threads';
import { WriteTurn } from '@evertill/engine';
import { openTables } from './data-folder.ts';
import { followHere } from './following.ts';
import type { FromThread, ToThread } from './following-messages.ts';
import { hubTables } from './hub-api.ts';
import { createLog } from './log.ts';

/** The thread that `followInThread` starts. */
const port = parentPort;
if (!port) throw new Error('this is the inside of a thread');
const data = workerData as { folder: string; turn: SharedArrayBuffer };
const { folder } = data;
const turn = new WriteTurn(data.turn);
const nowMs = (): number => Date.now();
const log = createLog((line) => process.stderr.write(line), nowMs);
const db = openTables(folder);
const tables = hubTables(db, turn);
const say = (message: FromThread): void => port.postMessage(message);
const following = followHere({
  folder,
  tables,
  turn,
  nowMs,
  log,
  onMoved: (tenant, moved) => say({ kind: 'moved', tenant, moved }),
});

port.on('message', (message: ToThread) => {
  if (message.kind === 'written') {
    for (const key of message.keys) tables.heard('ledger', key);
  } else if (message.kind === 'settle') {
    void following.settled().then(() => say({ kind: 'done', question: message.question }));
  } else void close(message.question);
});

async function close(question: number): Promise<void> {
  await following.close().catch((error: unknown) => log('error', 'following-failed', { error }));
  db.close();
  say({ kind: 'done', question });
}
