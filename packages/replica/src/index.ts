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
