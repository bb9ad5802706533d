import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLink } from '../src/index.ts';
import { bytesOf, reaches } from './link-probe.ts';

describe('a file link', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evertill-file-link-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('appends to a paper trail', async () => {
    const path = join(folder, 'trail.bin');
    for (const text of ['one ', 'two']) {
      const link = openLink({ kind: 'file', path });
      await reaches(link, 'open');
      await link.write(bytesOf(text), { deadlineMs: 1_000 });
      await link.dispose();
    }
    expect(readFileSync(path, 'latin1')).toBe('one two');
  });

  it('does not make a plain file where a device was pulled', async () => {
    const path = '/dev/evertill-no-such-printer';
    const link = openLink({ kind: 'file', path }, { limits: { backoffMs: [20] } });
    await reaches(link, 'lost');
    await link.dispose();
    expect(existsSync(path)).toBe(false);
  });

  it('does not take a file in a device folder for a device', async () => {
    const path = `/dev/shm/evertill-${process.pid}.bin`;
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, '');
    const link = openLink({ kind: 'file', path }, { limits: { backoffMs: [20] } });
    await reaches(link, 'lost');
    await link.dispose();
    expect(readFileSync(path, 'latin1')).toBe('');
    rmSync(path);
  });

  it('writes to a character device', async () => {
    const link = openLink({ kind: 'file', path: '/dev/null' });
    await reaches(link, 'open');
    await link.write(bytesOf('gone'), { deadlineMs: 1_000 });
    await link.dispose();
  });
});
