import { Worker } from 'node:worker_threads';
import { buildSnapshot } from './build-snapshot.ts';
import type { BuildSnapshotTask, ImportProgress } from './build-snapshot.ts';
import { RefreshFault } from './replica-fault.ts';
import type { RefreshErrorCode } from './replica-fault.ts';
import type { SnapshotInfo } from './snapshot-file.ts';

/** From the worker. Both ends are one build of one file set, so the types are the contract. */
export type ImportMessage =
  | { type: 'progress'; progress: ImportProgress }
  | { type: 'built'; snapshot: SnapshotInfo | null }
  | { type: 'failed'; error: { code: RefreshErrorCode; message: string } };

/** Longest silence: building the indexes of half a million items on a slow disk says nothing for a while. */
const SILENCE_MAX_MS = 120_000;

/**
 * Runs an import in a worker thread, or on this thread when there is no `workerPath` (tools and tests). Rejects with what went wrong; the
 * worker has ended either way.
 */
export function runImport(
  task: BuildSnapshotTask,
  workerPath: string | undefined,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<SnapshotInfo | null> {
  return workerPath === undefined ? buildSnapshot(task, onProgress) : runInWorker(task, workerPath, onProgress, signal);
}

async function runInWorker(
  task: BuildSnapshotTask,
  workerPath: string,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<SnapshotInfo | null> {
  const worker = new Worker(workerPath, { workerData: task });
  const heard = new AbortController();
  let silence: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SnapshotInfo | null>((resolve, reject) => {
      const listen = (): void => {
        clearTimeout(silence);
        silence = setTimeout(
          () => reject(new RefreshFault('import-stalled', `Nothing heard for ${SILENCE_MAX_MS} ms`)),
          SILENCE_MAX_MS,
        );
      };
      listen();
      worker.on('message', (message: ImportMessage) => {
        listen();
        if (message.type === 'progress') onProgress(message.progress);
        else if (message.type === 'built') resolve(message.snapshot);
        else reject(new RefreshFault(message.error.code, message.error.message));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new RefreshFault('import-died', `The import ended with code ${code}`)));
      const end = (): void => reject(new RefreshFault('disposed', 'The replica was closed'));
      signal.addEventListener('abort', end, { once: true, signal: heard.signal });
    });
  } finally {
    clearTimeout(silence);
    heard.abort();
    await worker.terminate();
  }
}
