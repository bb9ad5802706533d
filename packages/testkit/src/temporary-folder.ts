import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TemporaryFolder = { path: string; dispose(): void };

/** A new empty folder for one test. `dispose` removes it with all it holds and may be called twice. */
export function temporaryFolder(label = 'test'): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `evertill-${label}-`));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}
