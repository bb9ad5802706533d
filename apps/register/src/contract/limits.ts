/** Requests one window may send in a second; a cashier with a scanner needs twenty. */
export const REQUESTS_PER_SECOND_MAX = 200;
/** Requests of one window that may wait for an answer. */
export const REQUESTS_PENDING_MAX = 64;
/** After this a page stops waiting. The command may still have happened: the next snapshot says so. */
export const REQUEST_DEADLINE_MS = 10_000;
/** How long a page waits for the core's greeting on a new port before it asks for another. */
export const GREETING_DEADLINE_MS = 5_000;
export const CODE_LENGTH_MAX = 256;
export const SEARCH_LENGTH_MAX = 100;
export const SEARCH_RESULTS_MAX = 50;
export const ORDERS_FOUND_MAX = 50;
/** Stores whose stock one answer tells. */
export const STORES_MAX = 100;
export const TEXT_LENGTH_MAX = 200;
/** The longest list a snapshot may carry: lines of a transaction, suspended transactions, print jobs. */
export const LIST_LENGTH_MAX = 500;
