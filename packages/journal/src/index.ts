export {
  chainEpoch,
  type ChainedRecord,
  chainFact,
  type JournalIdentity,
  type RecordContext,
  type RecordedAt,
} from './append.ts';
export { type ChainFault, type ChainFaultCode, type ChainHead, type Place, placeText } from './chain-fault.ts';
export {
  type ChainVerifier,
  createChainVerifier,
  type EpochKey,
  type FiledRecord,
  type Filing,
  type Verification,
  verifyChain,
  type VerifyOptions,
} from './chain-verifier.ts';
export { NO_NUMBERS, type NumbersGiven, type NumbersOutcome, takeNumbers } from './number-audit.ts';
export {
  generateSigningKey,
  hashText,
  keyIdOf,
  readPublicKey,
  type SealedRecord,
  sealRecord,
  type SigningKey,
  signingKeyFromSeed,
  verifySignature,
} from './seal.ts';
export { readSealedLine, SEALED_LINE_CHARS_MAX, writeSealedLine } from './sealed-line.ts';
export { readSegment, type Segment, SEGMENT_BYTES_MAX, SEGMENT_RECORDS_MAX, segmentsOf } from './segments.ts';
