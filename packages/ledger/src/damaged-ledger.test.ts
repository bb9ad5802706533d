import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '@evertill/sqlite';
import { fuzzRounds, seededRandom, type TemporaryFolder, temporaryFolder, withPrintedSeed } from '@evertill/testkit';
import { memoryHighWaterMark } from './high-water-mark.ts';
import { LedgerFault } from './ledger-fault.ts';
import type { LedgerOptions } from './ledger-options.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';
import { commitSale, exampleOptions } from './testing/ledger-fixture.ts';

const SALES = 60;
/** Time for a randomised test, growing with `EVERTILL_FUZZ`. */
const timeoutMs = (rounds: number): number => 30_000 + fuzzRounds(rounds) * 600;
let root: TemporaryFolder;
let sound: Buffer;
let soundTexts: string[];
let folders = 0;

/** Without second copy and mark: what is damaged must be noticed by itself. */
const optionsFor = (folder: string, overrides: Partial<LedgerOptions> = {}): LedgerOptions => {
  const { secondCopy: _none, ...options } = exampleOptions(folder, { highWater: memoryHighWaterMark(), ...overrides });
  return options;
};
const textsOf = (ledger: Ledger): string[] => [...ledger.records()].map((record) => record.sealed.text);
const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    if (error instanceof LedgerFault) return error.code;
    throw error;
  }
  return 'accepted';
};
/** A register whose ledger has these bytes. */
function registerWith(bytes: Uint8Array): string {
  folders += 1;
  const folder = join(root.path, `register-${folders}`);
  mkdirSync(join(folder, 'ledger'), { recursive: true });
  writeFileSync(join(folder, 'ledger', 'ledger.db'), bytes);
  return folder;
}
const bytesOf = (folder: string): Buffer => readFileSync(join(folder, 'ledger', 'ledger.db'));

beforeAll(async () => {
  root = temporaryFolder('damaged');
  const ledger = openLedger(optionsFor(join(root.path, 'sound')));
  for (let number = 1; number <= SALES; number += 1) commitSale(ledger, `tx-${number}`);
  soundTexts = textsOf(ledger);
  await ledger.dispose();
  sound = bytesOf(join(root.path, 'sound'));
});
afterAll(() => root.dispose());

describe('a file that is not the ledger that was closed', () => {
  test('the sound one opens: the tests below can fail', async () => {
    const ledger = openLedger(optionsFor(registerWith(sound)));
    expect(textsOf(ledger)).toEqual(soundTexts);
    expect((await ledger.verify()).ok).toBe(true);
    await ledger.dispose();
  });

  test(
    'cut short anywhere: refused with a code, and left as it is',
    async () => {
      await withPrintedSeed((seed) => {
        const random = seededRandom(seed);
        for (let round = 0; round < fuzzRounds(50); round += 1) {
          const length = round < 5 ? [0, 1, 99, 100, 4096][round]! : random.int(sound.length);
          const folder = registerWith(sound.subarray(0, length));
          const code = codeOf(() => openLedger(optionsFor(folder)));
          expect(['corrupt', 'foreign-file', 'journal-broken'], `${length} bytes`).toContain(code);
          expect(bytesOf(folder).length).toBe(length);
        }
      });
    },
    timeoutMs(50),
  );

  test(
    '[I3] with flipped bytes: refused, found by the audit, or no record is touched',
    async () => {
      await withPrintedSeed(async (seed) => {
        const random = seededRandom(seed);
        const outcomes = { refused: 0, audited: 0, untouched: 0 };
        for (let round = 0; round < fuzzRounds(100); round += 1) {
          const bytes = Buffer.from(sound);
          const at = random.int(bytes.length);
          bytes[at] = bytes[at]! ^ (1 << random.int(8));
          const folder = registerWith(bytes);
          let ledger: Ledger;
          try {
            ledger = openLedger(optionsFor(folder));
          } catch (error) {
            expect(error, `byte ${at}`).toBeInstanceOf(LedgerFault);
            expect(bytesOf(folder).equals(bytes), `byte ${at} was refused and changed`).toBe(true);
            outcomes.refused += 1;
            continue;
          }
          const isSound = (await ledger.verify()).ok;
          if (isSound) expect(textsOf(ledger), `byte ${at}`).toEqual(soundTexts);
          outcomes[isSound ? 'untouched' : 'audited'] += 1;
          await ledger.dispose();
          rmSync(folder, { recursive: true });
        }
        expect(outcomes.refused).toBeGreaterThan(0);
      });
    },
    timeoutMs(100),
  );

  test.each([
    ['a text', Buffer.from('Dear diary, '.repeat(100)), 'foreign-file'],
    ['random bytes', Buffer.from(seededRandom('noise').bytes(8192)), 'foreign-file'],
    ['nothing', Buffer.alloc(0), 'corrupt'],
  ])('%s: refused and left as it is', (_what, bytes, code) => {
    const folder = registerWith(bytes);
    expect(codeOf(() => openLedger(optionsFor(folder)))).toBe(code);
    expect(bytesOf(folder).equals(bytes)).toBe(true);
  });

  test('another program’s database: refused and left as it is', () => {
    const folder = registerWith(Buffer.alloc(0));
    const db = openSqlite({ file: join(folder, 'ledger', 'ledger.db') });
    db.exec('CREATE TABLE recipes (name TEXT)');
    db.close();
    const before = bytesOf(folder);
    expect(codeOf(() => openLedger(optionsFor(folder)))).toBe('foreign-file');
    expect(bytesOf(folder).equals(before)).toBe(true);
  });

  test('[I22] a newer program’s ledger: refused and left as it is', () => {
    const folder = registerWith(sound);
    const db = openSqlite({ file: join(folder, 'ledger', 'ledger.db') });
    db.exec('PRAGMA user_version = 99');
    db.checkpoint('TRUNCATE');
    db.close();
    const before = bytesOf(folder);
    expect(codeOf(() => openLedger(optionsFor(folder)))).toBe('newer-version');
    expect(bytesOf(folder).equals(before)).toBe(true);
  });

  test('[I3] an epoch’s own record made unreadable (seed 1043691500): refused, not a crash', () => {
    const bytes = Buffer.from(sound);
    const at = bytes.indexOf('"store":"berlin-1","tenant":"acme","type":"EpochOpened"') + '"store":"b'.length;
    bytes[at] = 0x20;
    expect(codeOf(() => openLedger(optionsFor(registerWith(bytes))))).toBe('journal-broken');
  });

  test('[I3] a record edited in place, hash and all: refused at the next start', () => {
    const folder = registerWith(sound);
    const db = openSqlite({ file: join(folder, 'ledger', 'ledger.db') });
    db.exec('DROP TRIGGER journal_keeps_bytes');
    db.statement(
      `UPDATE journal SET text = replace(text, '"receiptNumber":7', '"receiptNumber":8') WHERE seq = 8`,
    ).run();
    db.checkpoint('TRUNCATE');
    db.close();
    expect(codeOf(() => openLedger(optionsFor(folder)))).toBe('journal-broken');
  });
});

describe('a disk that will not take it', () => {
  test(
    '[I14] full at any page: refused with a code, nothing moved, and sales go on when there is room',
    async () => {
      const pages = sound.length / 4096;
      const full = { number: 0 };
      for (let round = 0; round < fuzzRounds(100); round += 1) {
        const folder = registerWith(sound);
        const options = optionsFor(folder, { sizeMaxBytes: (pages + (round % 12)) * 4096 });
        const ledger = openLedger(options);
        let sold = 0;
        const code = codeOf(() => {
          for (; sold < 8; sold += 1) commitSale(ledger, `more-${sold}`);
        });
        if (code === 'disk-full') full.number += 1;
        else expect(code).toBe('accepted');
        expect([ledger.counts().sales, ledger.nextReceiptNumber()]).toEqual([SALES + sold, SALES + sold + 1]);
        await ledger.dispose();
        const roomy = openLedger(optionsFor(folder));
        expect(roomy.counts()).toEqual(ledger.counts());
        expect(roomy.overlay({ kind: 'stock' })).toHaveLength(SALES + sold);
        commitSale(roomy, 'after');
        await roomy.dispose();
        rmSync(folder, { recursive: true });
      }
      expect(full.number).toBeGreaterThan(10);
    },
    timeoutMs(100),
  );

  test('a folder that cannot be: refused with a code', () => {
    writeFileSync(join(root.path, 'file'), '');
    expect(codeOf(() => openLedger(optionsFor(join(root.path, 'file'))))).toBe('cannot-open');
  });

  test('a folder that may only be read: refused with a code, as somebody who is not root', () => {
    const folder = registerWith(sound);
    cpSync(join(root.path, 'sound'), folder, { recursive: true });
    chmodSync(root.path, 0o755);
    chmodSync(join(folder, 'ledger'), 0o555);
    const script = `
      import { openLedger } from ${JSON.stringify(new URL('./open-ledger.ts', import.meta.url).href)};
      import { exampleOptions } from ${JSON.stringify(new URL('./testing/ledger-fixture.ts', import.meta.url).href)};
      try { openLedger(exampleOptions(${JSON.stringify(folder)})); console.log('accepted'); } catch (error) { console.log(error.code); }`;
    const isRoot = process.getuid?.() === 0;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      cwd: new URL('..', import.meta.url),
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: '/tmp' },
      ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
    });
    expect([stdout.trim(), stderr]).toEqual(['read-only', '']);
    chmodSync(join(folder, 'ledger'), 0o755);
  });
});
