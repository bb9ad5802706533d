import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { exampleKey } from '@evertill/journal/testing';
import { temporaryFolder, type TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEnrolment } from './open-enrolment.ts';

const needs = {
  key: exampleKey(1),
  nowMs: () => Date.parse('2026-03-02T08:00:00Z'),
  newId: () => 'id-1',
  fetch: () => Promise.reject(new Error('no network')),
  onProgress: () => undefined,
};

describe('what a register is told when it joins its store', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = temporaryFolder('enrolment')));
  afterEach(() => folder.dispose());
  const open = (registerNumber: number, items: number | null, hub: { url: string; code: string } | null = null) =>
    openEnrolment(
      {
        storeFolder: folder.path,
        registerFolder: path.join(folder.path, `register-${registerNumber}`),
        registerNumber,
        demoShop: items === null ? null : { items, seed: 1 },
        hub,
      },
      needs,
    );

  it('is made once for a demonstration, and then stays', async () => {
    const first = await open(1, 20);
    const second = await open(1, null);
    expect(second).toEqual(first);
    expect(first.enrolment.register.number).toBe(1);
  });

  it('is refused in words when there is none', async () => {
    await expect(open(1, null)).rejects.toMatchObject({ code: 'not-enrolled' });
  });

  it('[PF-01] is never borrowed by another register: two ledgers under one name', async () => {
    await open(1, 20);
    await expect(open(2, 20)).rejects.toMatchObject({ code: 'not-enrolled' });
  });

  it('[IT-01] without the hub that would tell it, the start is refused in words', async () => {
    const hub = { url: 'http://127.0.0.1:9', code: 'ABCD-EFGH' };
    await expect(open(2, 20, hub)).rejects.toMatchObject({ code: 'hub-unreachable' });
  });

  it('is refused when it is half a file', async () => {
    writeFileSync(path.join(folder.path, 'enrolment.json'), '{"v":1,"tenant":"demo"');
    await expect(open(1, 20)).rejects.toMatchObject({ code: 'enrolment-unreadable' });
  });
});
