/** Every code that a caller may find in `errorType` and act upon (README, Errors). */
export const apiErrorCodes = [
  'NotAuthorised',
  'Malformed',
  'TooLarge',
  'SegmentBroken',
  'HeadMoved',
  'NotEnrolled',
  'CheckpointAhead',
  'ClaimTaken',
  'NotFound',
] as const;

export type ApiErrorCode = (typeof apiErrorCodes)[number];
