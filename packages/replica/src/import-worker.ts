import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { buildSnapshot } from './build-snapshot.ts';
import type { BuildSnapshotTask } from './build-snapshot.ts';
import type { ImportMessage } from './run-import.ts';
import { refreshErrorOf } from './replica-fault.ts';

/** The entry of the worker thread: builds one snapshot, tells its parent how it goes, and ends. */
async function work(task: BuildSnapshotTask): Promise<void> {
  const tell = (message: ImportMessage): void => parentPort?.postMessage(message);
  try {
    const snapshot = await buildSnapshot(task, (progress) => tell({ type: 'progress', progress }));
    tell({ type: 'built', snapshot });
  } catch (error) {
    tell({ type: 'failed', error: refreshErrorOf(error) });
  }
}

if (!isMainThread) void work(workerData as BuildSnapshotTask);
