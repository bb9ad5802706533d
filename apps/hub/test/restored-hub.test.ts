import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { temporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder } from '../src/data-folder.ts';
import { writeEnrolment } from '../src/enrolment.ts';
import { loadHubApi } from '../src/hub-api.ts';
import { startHub } from '../src/hub.ts';
import { APPEND, graphql, segmentInput, tokenFor } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const journal = exampleJournal([20], key).map(({ sealed }) => sealed);
const PULL = `query Pull($scope: ID!, $afterPeriod: String, $afterSeq: Int) {
  pull(collection: "orders", scope: $scope, afterPeriod: $afterPeriod, afterSeq: $afterSeq, limit: 200) {
    documents { id } checkpoint { period seq }
  }
}`;

type Checkpoint = { period: string; seq: number };
type Pulled = { documents: { id: string }[]; checkpoint: Checkpoint };

let root: ReturnType<typeof temporaryFolder>;
let folder: string;

beforeEach(() => {
  root = temporaryFolder('restored-hub');
  folder = join(root.path, 'hub');
});
afterEach(() => root.dispose());

/** Serves the folder, sends `journal` from `from` to `to`, and pulls orders after a checkpoint. */
async function serveOnce(from: number, to: number, after: Checkpoint | null): Promise<Pulled & { events: string[] }> {
  const data = openDataFolder(folder, { exclusive: true });
  const events: string[] = [];
  const log = (_: string, event: string): unknown => events.push(event);
  const hub = await startHub({ folder: data, host: '127.0.0.1', port: 0, nowMs: () => Date.now(), log });
  try {
    writeEnrolment(loadHubApi(data, Date.now, () => undefined).tables, author, key.publicKey);
    const token = await tokenFor(hub, author, key);
    if (to > from) {
      const { body } = await graphql(hub, token, APPEND, {
        input: segmentInput(author.register, journal.slice(from, to)),
      });
      expect(body.errors).toBeUndefined();
    }
    await hub.settled();
    const place = after && { afterPeriod: after.period, afterSeq: after.seq };
    const { body } = await graphql(hub, token, PULL, { scope: author.store, ...place });
    return { ...(body.data as { pull: Pulled }).pull, events };
  } finally {
    await hub.close();
    data.close();
  }
}

test('[I13] [I21] a hub that was put back from a backup begins a period anew, in which nothing can be missed', async () => {
  const first = await serveOnce(0, 6, null);
  const backup = join(root.path, 'backup');
  cpSync(folder, backup, { recursive: true });
  const second = await serveOnce(6, 9, first.checkpoint);
  expect(second.checkpoint.period).toBe(first.checkpoint.period);
  expect(second.documents.length).toBeGreaterThan(0);
  expect(second.events).not.toContain('folder-was-copied');

  rmSync(folder, { recursive: true });
  cpSync(backup, folder, { recursive: true });
  const restored = await serveOnce(6, 12, second.checkpoint);
  expect(restored.events).toContain('folder-was-copied');
  expect(restored.checkpoint.period > second.checkpoint.period).toBe(true);
  const all = await serveOnce(12, 12, null);
  expect(restored.documents.map(({ id }) => id).sort()).toEqual(all.documents.map(({ id }) => id).sort());
  expect(all.checkpoint).toEqual(restored.checkpoint);
});

test('a backup put back file by file into the same folder is a copy too', async () => {
  const first = await serveOnce(0, 6, null);
  const backup = join(root.path, 'backup');
  cpSync(folder, backup, { recursive: true });
  const second = await serveOnce(6, 9, first.checkpoint);
  cpSync(backup, folder, { recursive: true, force: true });
  const restored = await serveOnce(6, 9, second.checkpoint);
  expect(restored.checkpoint.period > second.checkpoint.period).toBe(true);
});
