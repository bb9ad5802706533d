export { type ApiErrorCode, apiErrorCodes } from './api-error.ts';
export { type LedgerEvent, segmentEvents, type StoredSegment } from './events/segment-events.ts';
export { type AppendOutcome, appendSegmentHandler, type AppendWrite } from './handlers/append-segment.ts';
export {
  changeOf,
  cursorKey,
  documentKey,
  enrolmentKey,
  findKey,
  headKey,
  type Key,
  publishedKey,
  scopeKey,
  segmentKey,
} from './keys.ts';
export { documentIdOf, ordersProjection } from './projections/orders.ts';
export type {
  Change,
  DocumentPlace,
  Found,
  JsonObject,
  LedgerRecord,
  Need,
  Part,
  ProjectedDocument,
  Projection,
} from './projections/projection.ts';
export { type CountBody, type StockBody, stockProjection } from './projections/stock.ts';
