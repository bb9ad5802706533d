import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { appendSegmentHandler } from '@evertill/api';
import { loadApi, loadTables } from '@evertill/engine';
import type { LoadedApi, Tables, WriteTurn } from '@evertill/engine';
import type { SqliteDatabase } from '@evertill/sqlite';
import type { DataFolder } from './data-folder.ts';
import type { Log } from './log.ts';

const HANDLER_TIMEOUT_MS = 5_000;
const API_FOLDER = dirname(createRequire(import.meta.url).resolve('@evertill/api/manifest.json'));

/** The deployable API over a folder's tables: what both the server and the commands work with. */
export function loadHubApi(
  folder: Pick<DataFolder, 'tables'>,
  nowMs: () => number,
  log: Log,
  turn?: WriteTurn,
): LoadedApi {
  return loadApi({
    folder: API_FOLDER,
    db: folder.tables,
    turn,
    handlers: { appendSegmentHandler: () => appendSegmentHandler },
    runtime: { nowMs, uuid: randomUUID },
    handlerTimeoutMs: HANDLER_TIMEOUT_MS,
    onHandlerFault: (error) => log('error', 'handler-failed', { error }),
  });
}

/** The same tables without the API. */
export function hubTables(db: SqliteDatabase, turn: WriteTurn): Tables {
  return loadTables(API_FOLDER, db, turn);
}
