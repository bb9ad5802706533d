import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APPEND, graphql, post, segmentInput, tokenFor } from './test-hub.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const ROUNDS = 4 * Number(process.env.EVERTILL_FUZZ ?? 1);
const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const journal = exampleJournal([400], key).map(({ sealed }) => sealed);
const HEAD = 'query Head($register: ID!) { head(register: $register) { seq hash } }';

let path: string;
const running: ChildProcess[] = [];

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'evertill-hub-kills-'));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(path, { recursive: true });
});

function run(...args: string[]): { child: ChildProcess; firstLine: Promise<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args, '--folder', path], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors += String(chunk)));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('\n')) resolve(output.trim());
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before saying anything: ${errors}`)));
  });
  return { child, firstLine };
}

async function serve(): Promise<{ child: ChildProcess; hub: { url: string } }> {
  const { child, firstLine } = run('serve', '--port', '0');
  return { child, hub: JSON.parse(await firstLine) as { url: string } };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('a hub that is killed', () => {
  it('[I1][I14] holds every record it acknowledged, goes on from there, and its views follow', async () => {
    const code = await run('enroll', '--tenant', author.tenant, '--store', author.store, '--register', author.register)
      .firstLine;
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { child, hub } = await serve();
      await post(`${hub.url}/enrol`, { code, publicKey: key.publicKey });
      const token = await tokenFor(hub, author, key);
      const { body } = await graphql(hub, token, HEAD, { register: author.register });
      const head = (body.data as { head: { seq: number; hash: string } | null }).head;
      expect(head?.seq ?? 0).toBeGreaterThanOrEqual(acknowledged);
      if (head) expect(head.hash).toBe(journal[head.seq - 1]?.hash);
      let at = head?.seq ?? 0;
      const killed = sleep(40 + round * 35).then(() => kill(child));
      for (; at < journal.length; at += 3) {
        const input = segmentInput(author.register, journal.slice(at, at + 3));
        const answer = await graphql(hub, token, APPEND, { input }).catch(() => undefined);
        if (!answer) break;
        expect(answer.body.errors).toBeUndefined();
        acknowledged = Math.min(at + 3, journal.length);
      }
      await killed;
    }
    expect(acknowledged).toBeGreaterThan(0);
    expect(JSON.parse(await run('replay').firstLine)).toMatchObject({ isEqual: true });
  }, 120_000);

  it('leaves its folder free; one that lives does not', async () => {
    const first = await serve();
    await expect(run('serve', '--port', '0').firstLine).rejects.toThrow('Another hub serves');
    await kill(first.child);
    const second = await serve();
    second.child.kill('SIGTERM');
    const [exitCode] = (await once(second.child, 'exit')) as [number];
    expect(exitCode).toBe(0);
  }, 60_000);
});
