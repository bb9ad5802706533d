import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canonicalText } from '@evertill/records';
import { anyExampleFact, exampleBasis, exampleHeader, exampleTypes } from '@evertill/records/testing';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import { chainEpoch, chainFact, type ChainedRecord } from '../append.ts';
import { type SealedRecord, sealRecord } from '../seal.ts';
import { writeSealedLine } from '../sealed-line.ts';
import { exampleIdentity, exampleJournal, exampleKey } from '../testing/example-journal.ts';
import { main } from './main.ts';

const key = exampleKey(1);
const journal = exampleJournal([20, 12], key);
const sealed = journal.map((record) => record.sealed);
const head = journal[journal.length - 1]!.head;
const headText = `${head.epoch}/${head.seq}/${head.hash}`;
let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder('auditor');
});
afterEach(() => folder.dispose());

const file = (name: string): string => join(folder.path, name);
function exported(records: readonly SealedRecord[], name = 'journal.ndjson'): string {
  writeFileSync(file(name), records.map(writeSealedLine).join(''));
  return file(name);
}
function run(...args: string[]): { status: number; out: string; err: string } {
  let out = '';
  let err = '';
  let nowMs = 0;
  const status = main(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    nowMs: () => (nowMs += 1500),
  });
  return { status, out, err };
}

describe('[MG-21] verify', () => {
  test('a sound journal: status 0, head, keys, and what could not be told', () => {
    const { status, out } = run('verify', exported(sealed));
    expect(status).toBe(0);
    expect(out).toContain('SOUND');
    expect(out).toContain('34 records in 2 epochs');
    expect(out).toContain(`Head: ${headText}`);
    expect(out).toContain('--pin');
    expect(out).toContain('cannot be told without --head');
    const pinned = run('verify', exported(sealed), '--pin', key.publicKey, '--head', headText).out;
    expect(pinned).toContain('known to be this register’s');
    expect(pinned).not.toContain('--head');
  });

  test('a broken one: status 1, the record and the reason', () => {
    const records = [...sealed];
    records[5] = { ...records[5]!, text: records[5]!.text.replace('2000', '2001') };
    const { status, out } = run('verify', exported(records));
    expect(status).toBe(1);
    expect(out).toMatch(
      /BROKEN[^]*record 1\/6: the bytes are not those that were hashed \(hash\)[^]*5 records before it are sound/,
    );
  });

  test('a cut tail is found against a head', () => {
    const cut = exported(sealed.slice(0, -3));
    expect(run('verify', cut).status).toBe(0);
    expect(run('verify', cut, '--head', headText)).toMatchObject({ status: 1 });
  });

  test('as JSON, for programs', () => {
    expect(JSON.parse(run('verify', exported(sealed), '--json').out)).toMatchObject({
      ok: true,
      records: 34,
      head,
      fault: null,
    });
    const broken = run('verify', exported(sealed.slice(1)), '--json');
    expect(JSON.parse(broken.out)).toMatchObject({ ok: false, fault: { code: 'gap', soundRecords: 0 } });
  });

  test('a line that is no record, or half of one, is broken', () => {
    const path = exported(sealed);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, -40));
    expect(run('verify', path)).toMatchObject({ status: 1 });
    writeFileSync(path, text.replace('\n', '\nnot a record\n'));
    expect(run('verify', path)).toMatchObject({ status: 1 });
  });
});

describe('[MG-21] show', () => {
  test('tells every type in words', () => {
    const records: ChainedRecord[] = [];
    const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
    const place = { identity: exampleIdentity, context, key, at: '2026-03-02T08:15:30.250Z', tzOffsetMin: 60 };
    records.push(chainEpoch({ ...place, epoch: 1, parent: null, reason: 'enrolled', random: new Uint8Array(16) }));
    for (const type of exampleTypes) {
      const latest = records[records.length - 1]!.head;
      if (type !== 'EpochOpened') records.push(chainFact({ ...place, head: latest, fact: anyExampleFact(type) }));
    }
    expect(run('show', exported(records.map((record) => record.sealed))).out).toMatchInlineSnapshot(`
      "1/1  2026-03-02 09:15:30  EpochOpened: enrolled, signed by ed25519:34750f98bd59fcfc  (staff-7)
      1/2  2026-03-02 09:15:30  BusinessDayOpened: 2026-03-02  (staff-7)
      1/3  2026-03-02 09:15:30  SignedOn: staff-7 as cashier  (staff-7)
      1/4  2026-03-02 09:15:30  SignedOff: staff-7, requested  (staff-7)
      1/5  2026-03-02 09:15:30  SignOnLocked: staff-7 after 5 attempts until 2026-03-02T08:20:30.250Z  (staff-7)
      1/6  2026-03-02 09:15:30  TillOpened: till-a with a float of 100.00 EUR  (staff-7)
      1/7  2026-03-02 09:15:30  TillClosed: till-a counted 120.00 EUR, expected 120.00 EUR, exact  (staff-7)
      1/8  2026-03-02 09:15:30  XReportRead: 1 sales, 20.00 EUR  (staff-7)
      1/9  2026-03-02 09:15:30  ZReportIssued: Z 1 of 2026-03-02, 1 sales, 20.00 EUR, grand total 20.00 EUR, exact  (staff-7)
      1/10  2026-03-02 09:15:30  TransactionCompleted: receipt 1, 2 items, 20.00 EUR, cash 50.00 EUR, change 30.00 EUR  (staff-7)
      1/11  2026-03-02 09:15:30  TransactionVoided: receipt 2, 20.00 EUR not sold, customer left  (staff-7)
      1/12  2026-03-02 09:15:30  TransactionSuspended: tx-000001 “blue jacket”, 20.00 EUR  (staff-7)
      1/13  2026-03-02 09:15:30  TransactionResumed: tx-000001 from 1/12  (staff-7)
      1/14  2026-03-02 09:15:30  ReceiptReprinted: receipt 1, copy 1, requested  (staff-7)
      1/15  2026-03-02 09:15:30  StockCounted: 2 items at berlin-1, shelf count  (staff-7)
      1/16  2026-03-02 09:15:30  OrderPlaced: W-7F3K-2942-C, 1 line, 23.80 EUR, pickup at berlin-1  (staff-7)
      "
    `);
  });

  test('filters by type, business date and place', () => {
    const path = exported(sealed);
    const lines = (...args: string[]): string[] =>
      run('show', path, ...args)
        .out.trimEnd()
        .split('\n')
        .filter(Boolean);
    expect(lines()).toHaveLength(34);
    expect(lines('--type', 'EpochOpened')).toHaveLength(2);
    expect(lines('--type', 'EpochOpened', '--type', 'ZReportIssued').length).toBe(4);
    expect(lines('--from', '1/20', '--to', '2/2').map((line) => line.split(' ')[0])).toEqual([
      '1/20',
      '1/21',
      '2/1',
      '2/2',
    ]);
    expect(lines('--from', '2026-03-03')).toEqual([]);
    expect(lines('--to', '2026-03-02')).toHaveLength(34);
  });

  test('shows what it does not know, and as JSON whole', () => {
    const header = { ...exampleHeader('SignedOn'), type: 'GiftCardSold', typeV: 7 };
    const record = sealRecord(canonicalText({ ...header, payload: { card: 'x' } }), key);
    expect(run('show', exported([record])).out).toContain('GiftCardSold: of a type or version not known here');
    const shown = JSON.parse(run('show', exported([record]), '--json').out) as unknown;
    expect(shown).toMatchObject({ known: false, type: 'GiftCardSold', payload: { card: 'x' }, hash: record.hash });
  });

  test('no text in a record steers the terminal', () => {
    const fact = anyExampleFact('TransactionSuspended');
    if (fact.type !== 'TransactionSuspended') throw new Error('the example is one');
    const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
    const named = { ...fact, payload: { ...fact.payload, name: '\u001b[2Jgone\u0007' } };
    const place = { identity: exampleIdentity, context, key, at: '2026-03-02T08:15:30.250Z', tzOffsetMin: 60 };
    const { out } = run('show', exported([chainFact({ ...place, head, fact: named }).sealed]));
    expect(out).toContain('“·[2Jgone·”');
  });
});

describe('export', () => {
  test('[I3] writes the same bytes again, to the terminal or to a new file', () => {
    const path = exported(sealed);
    expect(run('export', path).out).toBe(readFileSync(path, 'utf8'));
    expect(run('export', path, '--out', file('again.ndjson'))).toEqual({ status: 0, out: '', err: '' });
    expect(readFileSync(file('again.ndjson'))).toEqual(readFileSync(path));
  });

  test('never writes over a file that is there', () => {
    const path = exported(sealed);
    const before = readFileSync(path);
    expect(run('export', path, '--out', path).status).toBe(2);
    expect(readFileSync(path)).toEqual(before);
  });
});

describe('what cannot be used', () => {
  test.each([
    [['frobnicate', 'x'], /no such command/],
    [['verify'], /name the file/],
    [['verify', 'a', 'b'], /one file at a time/],
    [['verify', 'a', '--pin', 'abc'], /64 lower-case hex digits/],
    [['verify', 'a', '--head', '1/2'], /EPOCH\/SEQ\/HASH/],
    [['show', 'a', '--from', 'yesterday'], /not a date and not a place/],
    [['show', 'a', '--colour'], /colour/],
    [['verify', '/nowhere/at/all'], /cannot be opened/],
  ])('%j: status 2 and a sentence', (args, sentence) => {
    const { status, err, out } = run(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });

  test('a folder, a picture, an empty database: status 2', () => {
    mkdirSync(file('folder'));
    writeFileSync(file('picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]));
    writeFileSync(file('other.db'), Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(84)]));
    for (const name of ['folder', 'picture.png', 'other.db']) {
      expect(run('verify', file(name)), name).toMatchObject({ status: 2, out: '' });
    }
  });

  test('help is no fault, and nothing at all is', () => {
    expect(run('--help')).toMatchObject({ status: 0, err: '' });
    expect(run().status).toBe(2);
  });
});

test('a long reading says how far it has come', () => {
  const many = exported(Array.from({ length: 20 }, () => sealed).flat());
  expect(run('show', many).err).toContain('read 400 records so far');
});
