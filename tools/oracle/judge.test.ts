import { describe, expect, it } from 'vitest';
import type { JournalRow } from './journal-file.ts';
import { judge } from './judge.ts';
import { dayOnPaper, evidenceOf, receiptBytes, rowsOf, zBytes, type Day } from './testing/day-on-paper.ts';

const codesOf = (evidence: Parameters<typeof judge>[0]): string[] => judge(evidence).findings.map(({ code }) => code);

/** The same day after someone changed the payload of its nth sale and sealed everything anew with the real key. */
function withSale(change: (payload: Record<string, unknown>) => void, nth = 0): Day {
  const day = dayOnPaper();
  const sales = day.entries.filter(({ type }) => type === 'TransactionCompleted');
  change(sales[nth]?.payload as Record<string, unknown>);
  return day;
}

function withRows(change: (rows: JournalRow[]) => void): Parameters<typeof judge>[0] {
  const evidence = evidenceOf(dayOnPaper());
  const rows = [...evidence.rows];
  change(rows);
  return { ...evidence, rows };
}

describe('a day without a fault', () => {
  it('is found to be without one, over all of its evidence', () => {
    expect(judge(evidenceOf(dayOnPaper()))).toEqual({
      lost: 0,
      doubled: 0,
      altered: 0,
      zEqualsJournal: true,
      receiptNumbersGapless: true,
      chainVerifies: true,
      counts: {
        records: 7,
        sales: 3,
        voids: 0,
        zReports: 1,
        acknowledged: 3,
        slips: 4,
        originals: 3,
        marked: 0,
        drawerKicks: 3,
      },
      findings: [],
    });
  });

  it('does not hold a copy that says so, nor torn paper, against the register', () => {
    const day = dayOnPaper();
    const torn = receiptBytes(2, 1190).subarray(0, 60);
    day.slips.splice(1, 1, torn, receiptBytes(2, 1190, 'REPRINTED AFTER INTERRUPTION'));
    day.slips.push(receiptBytes(1, 250, 'DUPLICATE'));
    expect(judge(evidenceOf(day))).toMatchObject({ findings: [], counts: { originals: 2, marked: 2 } });
  });
});

describe('planted faults: each figure is red once', () => {
  it('[I1] lost: an acknowledged sale is not in the journal', () => {
    const day = dayOnPaper();
    const verdict = judge({
      ...evidenceOf(day),
      rows: rowsOf({ ...day, entries: day.entries.filter((_, at) => at !== 4) }),
    });
    expect(verdict.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['not-in-journal', 'printed-not-recorded']),
    );
    expect(verdict.lost).toBe(2);
  });

  it('lost: a sale is in the journal and never came on paper', () => {
    const day = dayOnPaper();
    day.slips.splice(1, 1);
    expect(judge(evidenceOf(day))).toMatchObject({ lost: 1, findings: [{ code: 'not-printed' }] });
  });

  it('lost: a receipt was torn off before its cut and never printed again', () => {
    const day = dayOnPaper();
    day.slips[0] = receiptBytes(1, 250).subarray(0, -4);
    expect(judge(evidenceOf(day))).toMatchObject({ lost: 1, findings: [{ code: 'not-printed' }] });
  });

  it('doubled: a transaction was completed twice', () => {
    expect(codesOf(evidenceOf(withSale((sale) => void (sale['transactionId'] = 'tx-1'), 1)))).toEqual([
      'recorded-twice',
    ]);
  });

  it('[I25] doubled: two originals of one receipt', () => {
    const day = dayOnPaper();
    day.slips.push(receiptBytes(3, 99));
    expect(judge(evidenceOf(day))).toMatchObject({ doubled: 1, findings: [{ code: 'two-originals' }] });
  });

  it('doubled: two sales were acknowledged under one number', () => {
    const day = dayOnPaper();
    day.acknowledged.push({ receiptLabel: 'r1-1-000003', totalMinor: 99 });
    expect(judge(evidenceOf(day))).toMatchObject({ doubled: 1, findings: [{ code: 'acknowledged-twice' }] });
  });

  it('altered: another amount than was acknowledged', () => {
    const day = dayOnPaper();
    day.acknowledged[0] = { receiptLabel: 'r1-1-000001', totalMinor: 251 };
    expect(judge(evidenceOf(day))).toMatchObject({ altered: 1, findings: [{ code: 'amount' }] });
  });

  it('altered: another amount on paper than in the journal', () => {
    const day = dayOnPaper();
    day.slips[0] = receiptBytes(1, 251);
    expect(judge(evidenceOf(day))).toMatchObject({ altered: 1, findings: [{ code: 'paper-amount' }] });
  });

  it('[I6] altered: lines do not add up to the total', () => {
    expect(codesOf(evidenceOf(withSale((sale) => void (sale['changeDueMinor'] = 1))))).toContain('sale-sums');
  });

  it.each([
    ['total', 'sums', 'totalMinor', 'z-sums'],
    ['tax', 'sums', 'taxMinor', 'z-sums'],
    ['expected', 'drawer', 'expectedMinor', 'z-drawer'],
  ])('[I12] zEqualsJournal: the %s of the Z is one cent off', (_name, part, member, code) => {
    const day = dayOnPaper();
    const z = day.entries.at(-1)?.payload[part] as Record<string, number>;
    z[member] = (z[member] ?? 0) + 1;
    const verdict = judge(evidenceOf(day));
    expect(verdict.zEqualsJournal).toBe(false);
    expect(verdict.findings.map((one) => one.code)).toContain(code);
  });

  it('zEqualsJournal: the paper of the Z says another total, or there is none', () => {
    const day = dayOnPaper();
    day.slips[3] = zBytes(1540);
    expect(judge(evidenceOf(day)).findings.map(({ code }) => code)).toContain('z-paper');
    day.slips.pop();
    expect(judge(evidenceOf(day))).toMatchObject({ zEqualsJournal: false, findings: [{ code: 'z-paper' }] });
  });

  it('[I5] receiptNumbersGapless: a number is missing', () => {
    const day = withSale((sale) => void (sale['receiptNumber'] = 4), 2);
    expect(judge(evidenceOf(day)).receiptNumbersGapless).toBe(false);
  });

  it.each<[string, string, (rows: JournalRow[]) => void]>([
    ['an edited record', 'hash', (rows) => rows.splice(3, 1, edited(rows[3]))],
    ['a deleted record', 'gap', (rows) => rows.splice(3, 1)],
    ['a record written twice', 'gap', (rows) => rows.splice(3, 0, ...rows.slice(3, 4))],
    ['two records swapped', 'link', (rows) => rows.splice(3, 2, ...rows.slice(3, 5).reverse())],
    ['a signature of something else', 'signature', (rows) => rows.splice(3, 1, resigned(rows[3], rows[4]))],
    ['an empty journal', 'empty', (rows) => rows.splice(0)],
  ])('[I4] chainVerifies: %s', (_name, code, change) => {
    const verdict = judge(withRows(change));
    expect(verdict.chainVerifies).toBe(false);
    expect(verdict.findings.map((one) => one.code)).toContain(code);
  });

  it('[I4] chainVerifies: everything sealed anew with another key', () => {
    const day = dayOnPaper();
    const verdict = judge(evidenceOf({ ...day, key: dayOnPaper().key }));
    expect(verdict.findings.filter(({ code }) => code === 'signature')).toHaveLength(7);
  });
});

function edited(row: JournalRow | undefined): JournalRow {
  if (!row) throw new Error('no row');
  return { ...row, text: row.text.replace('"totalMinor":1190', '"totalMinor":1191') };
}

function resigned(row: JournalRow | undefined, other: JournalRow | undefined): JournalRow {
  if (!row || !other) throw new Error('no row');
  return { ...row, sig: other.sig };
}
