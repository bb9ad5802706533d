import {
  type Connection,
  type DocumentSink,
  type EpochHead,
  startSync,
  type SyncClient,
  type SyncView,
} from '@evertill/client';
import type { Ledger } from '@evertill/ledger';
import { performance } from 'node:perf_hooks';
import { confirmedHeads } from './confirmed-heads.ts';
import type { HubPass } from './hub-pass.ts';
import { hubTokens, type TokenNeeds } from './hub-tokens.ts';
import { ledgerSource } from './ledger-source.ts';

export type SendNeeds = TokenNeeds & {
  readonly ledger: Ledger;
  readonly pass: HubPass;
  /** When all is not said and sent by then, the rest waits for the next time. */
  readonly deadlineMs: number;
  readonly onProgress?: (view: SyncView) => void;
};

/** `sent`: records that the hub confirmed in this run. What waits is safe in the journal and is sent by the next run, once. */
export type SendOutcome =
  | { readonly ok: true; readonly sent: number }
  | {
      readonly ok: false;
      readonly sent: number;
      readonly waiting: number;
      readonly why: 'unreachable' | 'refused' | 'deadline';
      /** In a sentence. */
      readonly detail: string;
    };

const noDocuments: DocumentSink = {
  checkpoint: () => Promise.resolve(null),
  write: () => Promise.resolve(),
};

/**
 * Sends what a journal holds beyond what the hub has, through the journal lane, and returns when the hub has confirmed all of it, cannot be
 * reached, refuses a record, or the time is up. Sent twice, cut off, or sent by two runs one after the other, a record is at the hub once.
 */
export async function sendJournal(needs: SendNeeds): Promise<SendOutcome> {
  const { ledger, pass, deadlineMs, nowMs } = needs;
  let fault = '';
  const tokens = hubTokens(pass, needs);
  const source = ledgerSource(ledger, pass.register);
  const remembered = confirmedHeads(ledger, pass);
  const waiting = (): number => waitingBeyond(remembered.load(), source.heads());
  const before = waiting();
  const client = startSync({
    url: `${pass.url}/graphql`,
    store: pass.store,
    source,
    // What was confirmed in an earlier run is not believed: a hub may have been put back from a backup since, and is asked for its head.
    memory: { load: () => [], save: (heads) => remembered.save(heads) },
    feeds: [],
    sink: noDocuments,
    token: async (options) => {
      try {
        return await tokens(options);
      } catch (thrown) {
        fault = wordsOf(thrown);
        throw thrown;
      }
    },
    clock: { monotonicMs: () => performance.now(), nowMs },
    chance: Math.random,
    fetch: needs.fetch,
    elsewhereUrls: [],
    onFault: (thrown) => {
      fault = wordsOf(thrown);
    },
  });
  try {
    const why = await ending(client, deadlineMs, needs.onProgress);
    const left = waiting();
    const sent = Math.max(0, before - left);
    const isNothingToSend = why === 'unreachable' && before === 0;
    if (why === 'drained' || isNothingToSend) return { ok: true, sent };
    const detail = why === 'unreachable' && fault !== '' ? fault : wordsFor(why, client.view());
    return { ok: false, sent, waiting: left, why, detail };
  } finally {
    await client.dispose();
  }
}

/** Said only after the hub was asked; `connecting` is no answer yet. */
const CUT_OFF: readonly Connection[] = ['offline', 'captive-portal', 'server-trouble'];

function ending(
  client: SyncClient,
  deadlineMs: number,
  onProgress: SendNeeds['onProgress'],
): Promise<'drained' | 'unreachable' | 'refused' | 'deadline'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('deadline'), deadlineMs);
    const look = (): void => {
      const view = client.view();
      onProgress?.(view);
      const isOver = view.waitingRecords === 0 || view.parked.length > 0 || CUT_OFF.includes(view.connection);
      if (!isOver) return;
      clearTimeout(timer);
      stop();
      if (view.waitingRecords === 0) resolve('drained');
      else resolve(view.parked.length > 0 ? 'refused' : 'unreachable');
    };
    const stop = client.onChange(look);
    look();
  });
}

/** Records beyond the heads that a hub confirmed. */
function waitingBeyond(confirmed: readonly EpochHead[], heads: readonly EpochHead[]): number {
  const seqOf = (epoch: number): number => confirmed.find((one) => one.epoch === epoch)?.seq ?? 0;
  return heads.reduce((sum, { epoch, seq }) => sum + Math.max(0, seq - seqOf(epoch)), 0);
}

function wordsFor(why: 'unreachable' | 'refused' | 'deadline', { connection, parked }: SyncView): string {
  if (why === 'deadline') return 'The hub did not take everything in time.';
  if (why === 'unreachable') {
    return connection === 'server-trouble' ? 'The hub does not answer.' : 'The hub cannot be reached.';
  }
  const [first] = parked;
  return `The hub refuses what was recorded here: ${first?.reason ?? 'without a reason'}.`;
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
