import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { headPath, manifestPath, objectPath } from './layout.ts';
import { openManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

export interface PruneOptions {
  folder: string;
  /** Per scope, the head counted. A reader that is still on an older version finds its objects gone and asks for the head again. */
  keepVersions: number;
  /** Files written more recently than this are spared: another publisher may be about to name them in its manifest. */
  untouchedForMs: number;
  nowMs: number;
}

/**
 * Deletes old manifests, and the objects that no remaining manifest names. Every manifest is read before anything is deleted, so one
 * that cannot be read (`PublishedFault`) leaves everything as it was.
 */
export function pruneSnapshots({ folder, keepVersions, untouchedForMs, nowMs }: PruneOptions): {
  manifests: number;
  objects: number;
} {
  const manifestsFolder = join(folder, 'manifests');
  if (!existsSync(manifestsFolder)) return { manifests: 0, objects: 0 };
  const needed = new Set<string>();
  const superseded: string[] = [];
  for (const scope of readdirSync(manifestsFolder)) {
    const versions = versionsOf(join(manifestsFolder, scope));
    const kept = versions.slice(-keepVersions).map((version) => manifestPath(folder, scope, version));
    for (const file of [...kept, headPath(folder, scope)]) {
      for (const sha256 of objectsOf(file, scope)) needed.add(sha256);
    }
    superseded.push(...versions.slice(0, -keepVersions).map((version) => manifestPath(folder, scope, version)));
  }
  for (const file of superseded) rmSync(file);
  const unneeded = readdirSync(join(folder, 'objects'))
    .map((name) => name.replace(/\.ndjson$/, ''))
    .filter((sha256) => !needed.has(sha256) && statSync(objectPath(folder, sha256)).mtimeMs < nowMs - untouchedForMs);
  for (const sha256 of unneeded) rmSync(objectPath(folder, sha256));
  return { manifests: superseded.length, objects: unneeded.length };
}

function versionsOf(scopeFolder: string): number[] {
  return readdirSync(scopeFolder)
    .map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN))
    .filter((version) => !Number.isNaN(version))
    .sort((a, b) => a - b);
}

/** Whose signature it is does not matter here: an object that any manifest names is kept. */
function objectsOf(file: string, scope: string): string[] {
  if (!existsSync(file)) return [];
  const { collections }: Manifest = openManifest(readFileSync(file, 'utf8'), scope, () => true);
  return Object.values(collections).flatMap((objects) => objects.map(({ sha256 }) => sha256));
}
