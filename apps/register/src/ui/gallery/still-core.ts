import type { AnswerOf, CommandName, ItemView, SnapshotName, Snapshots } from '@evertill/register';
import type { CoreConnection } from '../connection/connection-context.tsx';
import type { ConnectionState, SendOutcome } from '../connection/core-client.ts';
import { countReview, foundItems, foundOrders, foundStock, xReport, zReport } from './fixtures.ts';

/** Answers that a screen of the gallery wants instead of the usual ones. */
export type Answers = { [N in CommandName]?: () => AnswerOf<N> };

/** A core in which nothing happens: it shows the snapshots it was given and answers what a screen must have to be looked at. */
export function stillCore(
  snapshots: Partial<Snapshots>,
  connection: ConnectionState,
  own: Answers = {},
): CoreConnection {
  const answers: Answers = {
    searchItems: (): { items: ItemView[] } => ({ items: foundItems }),
    readX: () => xReport,
    lastZ: () => zReport,
    countTill: () => countReview,
    closeTill: () => zReport,
    reprintLast: () => ({ copyNumber: 2 }),
    findOrders: () => ({ orders: foundOrders, from: 'server', upToDateAt: '2026-11-23T13:01:00Z' }),
    stockOf: () => foundStock,
    askServerAgain: () => null,
    ...own,
  };
  return {
    connection,
    snapshot: <N extends SnapshotName>(name: N): Snapshots[N] | undefined => snapshots[name],
    onConnection: () => () => undefined,
    onSnapshot: () => () => undefined,
    send: <N extends CommandName>(name: N): Promise<SendOutcome<AnswerOf<N>>> => {
      const answer: (() => AnswerOf<N>) | undefined = answers[name];
      return Promise.resolve(answer ? { ok: true, value: answer() } : { ok: false, error: { code: 'too-busy' } });
    },
  };
}
