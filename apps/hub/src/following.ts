import { ordersProjection, stockProjection } from '@evertill/api';
import { Projector } from '@evertill/engine';
import type { ScopeMoved, Tables, WriteTurn } from '@evertill/engine';
import { type HubEvents, openEvents } from './events.ts';
import type { Log } from './log.ts';

export type OnMoved = (tenant: string, moved: readonly ScopeMoved[]) => void;

export interface FollowingNeeds {
  /** Path of the data folder. */
  folder: string;
  tables: Tables;
  /** Of the tables: for whoever opens them in another thread. */
  turn: WriteTurn;
  nowMs: () => number;
  log: Log;
  onMoved: OnMoved;
  lakeDelayMs?: number | undefined;
}

/** What follows the ledger: views, lake and bus. Each reads by cursors of its own, so it may be stopped at any moment. */
export interface Following {
  /** Resolves when the views have caught up with the ledger. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The views that a ledger's records lead to, kept up from the moment this is called. */
export function startProjector(
  tables: Tables,
  { nowMs, log, onMoved }: Pick<FollowingNeeds, 'nowMs' | 'log' | 'onMoved'>,
): Projector {
  return new Projector({
    tables,
    projections: [ordersProjection, stockProjection],
    newPeriod: () => new Date(nowMs()).toISOString(),
    onMoved,
    onPassedOver: (record) => log('error', 'record-passed-over', { ...record }),
    onFault: (error) => log('error', 'projector-waits', { error }),
  });
}

/** Follows in this thread. */
export function followHere(needs: FollowingNeeds): Following & { events: HubEvents } {
  const { folder, tables, nowMs, log, lakeDelayMs } = needs;
  const projector = startProjector(tables, needs);
  const events = openEvents(folder, tables, { nowMs, log, lakeDelayMs });
  return {
    events,
    settled: () => projector.settled(),
    async close() {
      projector.close();
      await events.close();
    },
  };
}
