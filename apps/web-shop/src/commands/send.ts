import { sendJournal, type SendOutcome } from '@evertill/author';
import type { Ledger } from '@evertill/ledger';
import type { Shop } from '../shop/open-shop.ts';

const DEADLINE_MS = 15_000;

/** Sends every order that waits; what cannot be sent now is sent by the next command that tries. */
export function sendOrders({ pass, key, world }: Shop, journal: Ledger): Promise<SendOutcome> {
  return sendJournal({ ...world, pass, key, ledger: journal, deadlineMs: DEADLINE_MS });
}

/** What became of it, in a sentence. */
export function sendWords(outcome: SendOutcome): string {
  if (outcome.ok) return 'The hub has it.';
  const { waiting, why, detail } = outcome;
  const records = `${waiting} ${waiting === 1 ? 'record waits' : 'records wait'}, safe in this folder`;
  return `${detail} ${records}${why === 'refused' ? ': somebody has to look at it.' : '; a later command sends it, once.'}`;
}
