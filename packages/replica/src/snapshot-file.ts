import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFileDurably } from '@evertill/published';
import { z } from 'zod';
import { snapshotFormat } from './collections.ts';

/** An imported snapshot: which one, and the file it lies in. */
const snapshotInfoSchema = z.object({
  scope: z.string(),
  version: z.int().positive(),
  contentHash: z.string(),
  /** When it was published, ISO instant. */
  createdAt: z.string(),
  itemCount: z.int().nonnegative(),
});

export type SnapshotInfo = z.infer<typeof snapshotInfoSchema>;

const pointerSchema = z.object({ v: z.literal(1), format: z.string(), file: z.string(), snapshot: snapshotInfoSchema });

/**
 * The replica's folder:
 *
 * ```
 * current.json                                which snapshot is current; replaced atomically, the only commit point
 * snapshot-<version>-<content>-<format>.db    an imported snapshot, with SQLite's -wal and -shm beside it
 * ```
 *
 * A snapshot is built under its final name. Before the pointer names it, it is nothing: a half-built file is deleted on the next start.
 */
export function snapshotFileName({ version, contentHash }: Pick<SnapshotInfo, 'version' | 'contentHash'>): string {
  return `snapshot-${version}-${contentHash.slice(0, 12)}-${snapshotFormat}.db`;
}

const pointerFile = (folder: string): string => join(folder, 'current.json');

/**
 * The current snapshot of a scope, or null when there is none that this program can read: never imported, another scope, another format, or
 * a pointer that is damaged. Then the next import starts from nothing; no sale depends on it.
 */
export function readPointer(folder: string, scope: string): { file: string; snapshot: SnapshotInfo } | null {
  const file = pointerFile(folder);
  if (!existsSync(file)) return null;
  const parsed = pointerSchema.safeParse(jsonOrNull(readFileSync(file, 'utf8')));
  if (!parsed.success) return null;
  const { format, snapshot } = parsed.data;
  if (format !== snapshotFormat || snapshot.scope !== scope || parsed.data.file !== snapshotFileName(snapshot))
    return null;
  const path = join(folder, parsed.data.file);
  return existsSync(path) ? { file: path, snapshot } : null;
}

export function writePointer(folder: string, snapshot: SnapshotInfo): void {
  const pointer = { v: 1, format: snapshotFormat, file: snapshotFileName(snapshot), snapshot };
  replaceFileDurably(pointerFile(folder), `${JSON.stringify(pointer, null, 2)}\n`);
}

/** Deletes a snapshot file and what SQLite keeps beside it. */
export function removeSnapshotFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

/** Deletes every snapshot but the one named: what crashes and earlier versions left behind. */
export function removeOtherSnapshots(folder: string, keepFile: string | null): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!/^snapshot-.*\.db$/.test(name)) continue;
    const file = join(folder, name);
    if (file !== keepFile) removeSnapshotFile(file);
  }
}

function jsonOrNull(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
