/** The longest record, in UTF-16 units. Shopify stops a description at 512 KB; what is longer has lost a closing quote. */
export const RECORD_CHARS_MAX = 1024 * 1024;
/** The most physical lines of one record; a description of ten thousand lines is a lost closing quote as well. */
export const RECORD_LINES_MAX = 10_000;
/** The most columns of a file. Exports with all their metafields have a few hundred. */
export const COLUMNS_MAX = 2_000;

/** Lengths in UTF-16 units, as the records of the journal allow them. */
export const NAME_LENGTH_MAX = 200;
export const LABEL_LENGTH_MAX = 100;
export const CODE_LENGTH_MAX = 64;

/** The highest price of one item, in minor units: the largest tender that a register accepts by default. */
export const PRICE_MINOR_MAX = 100_000_000;
/** The largest quantity on hand of one item. */
export const QUANTITY_MAX = 1_000_000_000;

/** How many rejected rows the result carries in memory and a terminal prints; the file beside the catalog has them all. */
export const REJECTED_IN_RESULT_MAX = 1_000;
export const REJECTED_PRINTED_MAX = 20;

/** Rows per turn of the event loop and per transaction of the scratch database. */
export const ROWS_PER_BATCH = 500;
