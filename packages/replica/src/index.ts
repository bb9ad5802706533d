export { openReplica } from './replica.ts';
export type {
  OpenReplicaOptions,
  RefreshResult,
  RefreshStep,
  Replica,
  ReplicaBasis,
  ReplicaStatus,
} from './replica.ts';
export type { Item } from './open-snapshot.ts';
export type { ImportProgress } from './build-snapshot.ts';
export type { SnapshotInfo } from './snapshot-file.ts';
export type { RefreshErrorCode } from './replica-fault.ts';
export {
  type ArrivingPage,
  type LiveReplica,
  type OpenLiveReplicaOptions,
  openLiveReplica,
  type OrderQuery,
  type ShownOrder,
  type ShownSuspended,
} from './live/live-replica.ts';
export type { LiveCollection } from './live/live-collections.ts';
export type { CoveredRow, LocalFacts, LocalRow } from './live/local-facts.ts';
export type { ShownStock } from './live/shown-stock.ts';
