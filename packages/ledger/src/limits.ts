/** The most facts of one append; a sale states one to three. */
export const FACTS_PER_APPEND_MAX = 20;
/** Open and suspended transactions together. */
export const DRAFTS_MAX = 500;
/** JSON text of a draft, an overlay row, a setting or a print document, in UTF-16 units. */
export const JSON_CHARS_MAX = 1024 * 1024;
/** How many jobs back one may still be waiting for paper. Older ones are discarded: a sale never waits, and any receipt can be printed again. */
export const JOBS_WAITING_MAX = 5000;
/** Jobs that are done and kept to be looked at; older ones go when the ledger is idle. */
export const JOBS_DONE_KEPT = 200;
/** How much of the journal's end every start verifies: bytes, hashes, links, numbers, and the signature of the head. */
export const TAIL_RECORDS_VERIFIED = 500;
/** Records between two pauses of a long reading, so that a sale never waits for it. */
export const RECORDS_PER_TURN = 25;
/** How long the second copy and the high-water mark may lag behind. */
export const TRAIL_DELAY_MS = 500;
/** After a failure of the second copy: how long until the next try. */
export const TRAIL_RETRY_MS = 15_000;
