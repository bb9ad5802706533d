import { join } from 'node:path';
import { normaliseScanCode } from '@evertill/barcode';
import type { Store, TrustedKey } from '@evertill/published';
import { hasNewerHead } from './build-snapshot.ts';
import type { ImportProgress } from './build-snapshot.ts';
import { OpenSnapshot } from './open-snapshot.ts';
import type { Item } from './open-snapshot.ts';
import { refreshErrorOf } from './replica-fault.ts';
import type { RefreshErrorCode } from './replica-fault.ts';
import { runImport } from './run-import.ts';
import {
  readPointer,
  removeOtherSnapshots,
  removeSnapshotFile,
  snapshotFileName,
  writePointer,
} from './snapshot-file.ts';
import type { SnapshotInfo } from './snapshot-file.ts';
import { SwapGate } from './swap-gate.ts';

export interface OpenReplicaOptions {
  /** The replica's own folder; made when absent, and safe to delete while closed. */
  folder: string;
  /** Where snapshots are published; without it the replica serves what it has. */
  publishedFolder?: string;
  scope: string;
  /** Keys whose signature on a manifest is accepted. */
  verifyKeys: readonly TrustedKey[];
  /** The built `import-worker`; without it imports run on the calling thread, in small steps. */
  importWorkerPath?: string;
  /** Wall clock, milliseconds: it decides which price applies. */
  nowMs: () => number;
  /** Named after each step of a refresh, so that a test can end the process there. */
  onStep?: (step: RefreshStep) => void;
}

export type RefreshStep = 'built' | 'old-closed' | 'pointer-written' | 'new-opened' | 'old-removed';

export interface ReplicaStatus {
  snapshot: SnapshotInfo | null;
  /** While an import runs. */
  importing: ImportProgress | null;
}

/** What a sale records of the data it was rung up with. */
export interface ReplicaBasis {
  catalog: string;
  prices: string;
  tax: string;
}

export type RefreshResult =
  | { ok: true; changed: boolean; snapshot: SnapshotInfo | null }
  | { ok: false; error: { code: RefreshErrorCode; message: string } };

/** Read-only look-ups over the imported snapshot. Every answer is plain data. Without a snapshot there is nothing to find. */
export interface Replica {
  /** Items with this code, raw as scanned or normal; more than one when the catalog gives a code twice. */
  findByScanCode(scanCode: string): Promise<Item[]>;
  findById(itemId: string): Promise<Item | null>;
  /** Best first, at most 50: words that begin words of name, variant, brand, SKU or scan code. */
  search(text: string, limit: number): Promise<Item[]>;
  store(storeId: string): Promise<Store | null>;
  status(): ReplicaStatus;
  /** Calls back with each new status until the returned function is called. */
  onStatus(listener: (status: ReplicaStatus) => void): () => void;
  /** Content hash of the snapshot in use, for each part that it supplies; null before the first import. */
  basis(): ReplicaBasis | null;
  /** Imports the published head when it is newer. Calls while one runs share its result. Never throws for what can go wrong outside. */
  refresh(onProgress?: (progress: ImportProgress) => void): Promise<RefreshResult>;
  dispose(): Promise<void>;
}

/** Opens the replica on the snapshot that is current, if there is one. Does not import: that is `refresh`. */
export async function openReplica(options: OpenReplicaOptions): Promise<Replica> {
  const current = readPointer(options.folder, options.scope);
  removeOtherSnapshots(options.folder, current?.file ?? null);
  const replica = new SnapshotReplica(options);
  if (current) await replica.adopt(current.file, current.snapshot);
  return replica;
}

class SnapshotReplica implements Replica {
  readonly #options: OpenReplicaOptions;
  readonly #gate = new SwapGate();
  readonly #listeners = new Set<(status: ReplicaStatus) => void>();
  readonly #disposal = new AbortController();
  #status: ReplicaStatus = { snapshot: null, importing: null };
  #open: OpenSnapshot | null = null;
  #refreshing: Promise<RefreshResult> | null = null;

  constructor(options: OpenReplicaOptions) {
    this.#options = options;
  }

  /** Opens the snapshot found at start. One that cannot be opened is forgotten: the next refresh imports it again. */
  async adopt(file: string, snapshot: SnapshotInfo): Promise<void> {
    try {
      this.#open = await OpenSnapshot.open(file, this.#options.nowMs);
      this.#setStatus({ snapshot });
    } catch (error) {
      const { code } = refreshErrorOf(error);
      if (code !== 'corrupt' && code !== 'not-a-database') throw error;
      removeSnapshotFile(file);
    }
  }

  findByScanCode(scanCode: string): Promise<Item[]> {
    const code = normaliseScanCode(scanCode);
    // An item without a scan code carries '': a scanner that sends nothing must not find them all.
    return code === '' ? Promise.resolve([]) : this.#look((snapshot) => snapshot.findByScanCode(code), []);
  }

  findById(itemId: string): Promise<Item | null> {
    return this.#look((snapshot) => snapshot.findById(itemId), null);
  }

  search(text: string, limit: number): Promise<Item[]> {
    return this.#look((snapshot) => snapshot.search(text, limit), []);
  }

  store(storeId: string): Promise<Store | null> {
    return this.#look((snapshot) => Promise.resolve(snapshot.store(storeId)), null);
  }

  status(): ReplicaStatus {
    return this.#status;
  }

  onStatus(listener: (status: ReplicaStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  basis(): ReplicaBasis | null {
    const contentHash = this.#status.snapshot?.contentHash;
    return contentHash === undefined ? null : { catalog: contentHash, prices: contentHash, tax: contentHash };
  }

  refresh(onProgress?: (progress: ImportProgress) => void): Promise<RefreshResult> {
    const stop = onProgress ? this.onStatus(({ importing }) => importing && onProgress(importing)) : undefined;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing.finally(stop);
  }

  async dispose(): Promise<void> {
    this.#disposal.abort();
    await this.#refreshing;
    await this.#gate.exchange(async () => {
      await this.#open?.close();
      this.#open = null;
    });
    this.#listeners.clear();
  }

  #look<T>(work: (snapshot: OpenSnapshot) => Promise<T>, nothing: T): Promise<T> {
    return this.#gate.use(() => (this.#open ? work(this.#open) : Promise.resolve(nothing)));
  }

  async #refresh(): Promise<RefreshResult> {
    const { publishedFolder, folder, scope, verifyKeys, importWorkerPath, nowMs } = this.#options;
    if (publishedFolder === undefined) return refused('no-published-folder', 'This replica has no published folder');
    if (this.#disposal.signal.aborted) return refused('disposed', 'The replica was closed');
    const before = this.#status.snapshot;
    const task = { folder, publishedFolder, scope, verifyKeys, aboveVersion: before?.version ?? 0, nowMs: nowMs() };
    try {
      // Asked every few seconds and nearly always unchanged: a look at the head costs no thread.
      if (!hasNewerHead(task)) return { ok: true, changed: false, snapshot: before };
      const onProgress = (importing: ImportProgress): void => this.#setStatus({ importing });
      const built = await runImport(task, importWorkerPath, onProgress, this.#disposal.signal);
      if (!built) return { ok: true, changed: false, snapshot: before };
      this.#step('built');
      await this.#gate.exchange(() => this.#swap(built));
      this.#step('old-removed');
      return { ok: true, changed: true, snapshot: built };
    } catch (error) {
      return { ok: false, error: refreshErrorOf(error) };
    } finally {
      this.#setStatus({ importing: null });
    }
  }

  /**
   * RxDB's free edition counts open collections, so the old snapshot closes before the new one opens. The pointer is the commit: a crash before it
   * leaves the old snapshot, after it the new one, and `openReplica` removes whichever is not named.
   */
  async #swap(built: SnapshotInfo): Promise<void> {
    const { folder, nowMs } = this.#options;
    const before = this.#status.snapshot;
    await this.#open?.close();
    this.#open = null;
    this.#step('old-closed');
    try {
      writePointer(folder, built);
      this.#step('pointer-written');
      this.#open = await OpenSnapshot.open(join(folder, snapshotFileName(built)), nowMs);
    } catch (error) {
      await this.#reopen(before);
      throw error;
    }
    this.#step('new-opened');
    this.#setStatus({ snapshot: built });
    removeOtherSnapshots(folder, join(folder, snapshotFileName(built)));
  }

  /** After a swap that failed. The pointer comes second: on a full disk it may not be written, and the old one is then still in place. */
  async #reopen(before: SnapshotInfo | null): Promise<void> {
    if (!before) return;
    const { folder, nowMs } = this.#options;
    this.#open = await OpenSnapshot.open(join(folder, snapshotFileName(before)), nowMs);
    if (readPointer(folder, before.scope)?.snapshot.version !== before.version) writePointer(folder, before);
  }

  #step(step: RefreshStep): void {
    this.#options.onStep?.(step);
  }

  #setStatus(change: Partial<ReplicaStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const listener of this.#listeners) listener(this.#status);
  }
}

function refused(code: RefreshErrorCode, message: string): RefreshResult {
  return { ok: false, error: { code, message } };
}
