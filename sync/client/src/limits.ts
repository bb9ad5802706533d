/** Every limit, deadline and pause of the register's side of sync, in one place. */

/** A request without an answer is given up; what it did is then found out by reading the head. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** AppSync answers with at most 5 MB. What is longer is not read to its end. */
export const RESPONSE_BYTES_MAX = 5 * 1024 * 1024;

/** Pauses after failures: at least half of `base · 2ⁿ`, at most `cap`; the other half is chance, so that a chain does not return in step. */
export const BACKOFF_BASE_MS = 500;
export const BACKOFF_CAP_MS = 30_000;

/** A drained journal is compared with the server's head this often, whether or not anything was sold. */
export const PROOF_EVERY_MS = 300_000;
/** What was refused is tried again this often: somebody may have settled it at the server. */
export const PARKED_RETRY_MS = 900_000;
/** What the server fell over is tried again sooner: it may have been the server's bad hour. */
export const PARKED_FAULT_RETRY_MS = 60_000;
/** From this failure in a row on, segments are halved: a thin line, or one record that the server cannot bear. */
export const FAILURES_BEFORE_HALVING = 3;
/** One record alone that made the server fail this often in a row is parked. */
export const FAULTS_BEFORE_PARKING = 6;

/** A socket that answers neither data nor ping for this long is half-open: it is cut. Noticed within a minute, whatever the server's keep-alive. */
export const SOCKET_SILENCE_MAX_MS = 45_000;
export const PING_EVERY_MS = 15_000;
/** From the attempt to the server's `start_ack`. */
export const FEED_OPENING_TIMEOUT_MS = 20_000;
/** A feed that ends sooner than this has failed to open, as far as the next pause is concerned: a door that flaps is not a door. */
export const FEED_STEADY_MS = 60_000;
/** A hint names a few collections. */
export const HINT_BYTES_MAX = 64 * 1024;
/** With the hint feed down, the server is asked this often whether it is still there. */
export const PROBE_EVERY_MS = 50_000;
export const PROBE_TIMEOUT_MS = 10_000;

/** One object of a catalog, of at most 4 MB: half a minute over a thin line. */
export const OBJECT_TIMEOUT_MS = 120_000;
/** A newer catalog is asked for this often. */
export const PUBLISHED_EVERY_MS = 60_000;

/** A lost hint is made up for by asking now and then; chance spreads it. */
export const PULL_EVERY_MS = 60_000;
export const PULL_PAGE_DOCUMENTS = 200;
export const DOCUMENT_BYTES_MAX = 256 * 1024;
export const DOCUMENT_DEPTH_MAX = 32;
/** Reports of unreadable documents that are kept per feed; the latest ones. */
export const POISONED_KEPT_MAX = 100;
