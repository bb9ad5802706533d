export type { ApiError, ApiOutcome, UnreachableSign } from './api/api-error.ts';
export type { CallApi, Operation, Variables } from './api/call-api.ts';
export { type Claim, handOver, releaseClaim, resumeTransaction, returnLine } from './api/claim-operations.ts';
export type { Checkpoint } from './api/pull-operation.ts';
export { findOrders, type OrderKey, publishedManifest } from './api/query-operations.ts';
export type { Connection } from './connection/connection-state.ts';
export type { ParkReason, Sequences } from './journal-lane/lane-state.ts';
export {
  type Chance,
  type ConfirmedMemory,
  type EpochHead,
  type RecordSource,
  type SyncClock,
  TokenRefused,
  type TokenSource,
} from './needs.ts';
export type { FeedWrite } from './pull-lane/feed-state.ts';
export type { DocumentSink, Feed } from './pull-lane/pull-lane.ts';
export type { PulledDocument } from './pull-lane/pulled-document.ts';
export { fetchPublished, type FetchOutcome, type PublishedSource } from './published-lane/fetch-published.ts';
export { type PublishedLane, startPublishedLane } from './published-lane/published-lane.ts';
export { startSync, type SyncClient, type SyncClientOptions } from './sync-client.ts';
export type { ParkedItem, SyncView } from './sync-view.ts';
