/** Commands and scans that may wait for their turn. */
export const QUEUE_LENGTH_MAX = 64;
/** From a change of a draft to the beginning of its write; with the fsync this stays within 50 ms. */
export const DRAFT_DELAY_MS = 25;
/** After a draft could not be written: how long until the next attempt that nobody asked for. */
export const DRAFT_RETRY_MS = 1_000;
/** What a look-up or a check of a PIN may take before the cashier gets an answer without it. */
export const ANSWER_DEADLINE_MS = 5_000;
/** Print jobs shown; finished ones go first. */
export const JOBS_SHOWN_MAX = 20;
/** Suspended transactions of one register. */
export const SUSPENDED_MAX = 100;
/** So long a cashier waits for the server's leave before going on without it. */
export const CLAIM_DEADLINE_MS = 3_000;
/** Orders that one look-up shows. */
export const ORDERS_SHOWN_MAX = 50;
/** How far back the records are read that give a waiting print job its label after a restart. */
export const LABEL_RECORDS_MAX = 500;
/** Records read in one turn of the event loop. */
export const RECORDS_PER_TURN = 25;
