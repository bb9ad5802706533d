import type { Fact } from '@evertill/records';
import { anyExampleFact, exampleBasis, exampleSale } from '@evertill/records/testing';
import { chainEpoch, chainFact, type ChainedRecord, type JournalIdentity } from '../append.ts';
import { type SigningKey, signingKeyFromSeed } from '../seal.ts';

export const exampleIdentity: JournalIdentity = { tenant: 'acme', store: 'berlin-1', register: 'berlin-1-r1' };

/** A signing key that is the same in every run. */
export function exampleKey(name: number): SigningKey {
  return signingKeyFromSeed(new Uint8Array(32).fill(name));
}

const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
const recordedAt = { at: '2026-03-02T08:15:30.250Z', tzOffsetMin: 60 };

/**
 * A sound journal: per epoch an EpochOpened and as many records as `epochs` says, sales with a till opened, a suspended transaction and a
 * Z report among them. The first epoch is 'enrolled', later ones 'restored'.
 */
export function exampleJournal(epochs: readonly number[] = [20, 12], key: SigningKey = exampleKey(1)): ChainedRecord[] {
  const journal: ChainedRecord[] = [];
  let zReports = 0;
  epochs.forEach((length, index) => {
    const parent = journal[journal.length - 1]?.head ?? null;
    const reason = index === 0 ? 'enrolled' : 'restored';
    const random = new Uint8Array(16).fill(index);
    const identity = exampleIdentity;
    let latest: ChainedRecord = chainEpoch({
      identity,
      epoch: index + 1,
      parent,
      reason,
      random,
      context,
      key,
      ...recordedAt,
    });
    journal.push(latest);
    let receiptNumber = 0;
    for (let nth = 0; nth < length; nth += 1) {
      let fact: Fact;
      if (nth % 11 === 10) fact = zReport((zReports += 1));
      else if (nth % 7 === 3) fact = anyExampleFact('TransactionSuspended');
      else fact = exampleSale(`tx-${index}-${nth}`, (receiptNumber += 1));
      latest = chainFact({ identity, head: latest.head, fact, context, key, ...recordedAt });
      journal.push(latest);
    }
  });
  return journal;
}

function zReport(zNumber: number): Fact {
  const example = anyExampleFact('ZReportIssued');
  if (example.type !== 'ZReportIssued') throw new Error('the example of a Z report is one');
  const { totalMinor } = example.payload.sums;
  const previousGrandTotalMinor = (zNumber - 1) * totalMinor;
  const grandTotalMinor = previousGrandTotalMinor + totalMinor;
  return { type: 'ZReportIssued', payload: { ...example.payload, zNumber, previousGrandTotalMinor, grandTotalMinor } };
}
