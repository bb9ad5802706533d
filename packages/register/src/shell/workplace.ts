import type { TransactionState } from '@evertill/retail';
import type { RunningTally } from '../day/session-sums.ts';
import type { KnownPrintJob, RegisterNeeds, RegisterSettings, StaffMember, StoreProfile } from '../needs.ts';
import type { LastSaleView, NoticeView } from '../views.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import type { SnapshotBoard } from './snapshot-board.ts';

export type OpenTill = {
  tillSessionId: string;
  tillId: string;
  openedAt: string;
  openedBy: string;
  floatMinor: number;
  /** The place of its TillOpened record: where its Z begins. */
  from: { epoch: number; seq: number };
};

export type LastSale = Omit<LastSaleView, 'print'>;

/**
 * What the register remembers between commands. All of it comes back from the ledger after a restart, except who is signed on: that
 * person types the PIN again.
 */
export type Memory = {
  store: StoreProfile;
  settings: RegisterSettings;
  signedOn: StaffMember | null;
  till: OpenTill | null;
  lastClosedAt: string | null;
  lastZNumber: number | null;
  businessDate: string | null;
  transaction: TransactionState | null;
  suspended: readonly TransactionState[];
  lastSale: LastSale | null;
  /** Sums of the open session that run along with commits; `null`: to be read from the journal when asked for. */
  running: RunningTally | null;
  jobs: readonly (KnownPrintJob & { label: string })[];
  /** A transaction was found open at the start; whoever signs on first is told. */
  restoredUntold: boolean;
};

/** What all use cases share: what they need, what is remembered, what is shown. */
export type Workplace = {
  readonly needs: RegisterNeeds;
  readonly memory: Memory;
  readonly board: SnapshotBoard;
  readonly drafts: DraftKeeper;
  notify(tone: NoticeView['tone'], code: NoticeView['code'], detail?: string | null): void;
};

/** The instant now, ISO 8601 in UTC. */
export function now(workplace: Workplace): string {
  return new Date(workplace.needs.clock.nowMs()).toISOString();
}

/** Name and version of what decides: part of every record's basis. */
export function engineOf(needs: RegisterNeeds): string {
  return `evertill ${needs.version}`.slice(0, 80);
}
