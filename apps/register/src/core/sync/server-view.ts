import type { ParkedItem, SyncView } from '@evertill/client';
import type { ParkedView, ServerView } from '@evertill/register';

/** What a page can show of it; the rest is counted by nobody. */
const PARKED_SHOWN_MAX = 100;

export type ServerFacts = {
  readonly view: SyncView;
  /** Without a right to speak to the server nothing else about it matters. */
  readonly joined: boolean;
  readonly salesAtServer: number;
  readonly upToDateAt: string | null;
};

/** Sync as the screen tells it. */
export function serverView({ view, joined, salesAtServer, upToDateAt }: ServerFacts): ServerView {
  return {
    state: joined ? view.connection : 'not-joined',
    since: view.since,
    waitingRecords: view.waitingRecords,
    oldestWaitingAt: view.oldestWaitingAt,
    salesAtServer,
    proof: view.headProof && { ...view.headProof },
    parked: view.parked.slice(0, PARKED_SHOWN_MAX).map(parkedView),
    fellBack: view.serverLost.length > 0,
    upToDateAt,
  };
}

function parkedView(item: ParkedItem): ParkedView {
  return item.lane === 'journal'
    ? { what: 'journal', id: `${item.epoch}.${item.seq}`, reason: item.reason }
    : { what: 'document', id: `${item.collection} ${item.id}`, reason: item.reason };
}
