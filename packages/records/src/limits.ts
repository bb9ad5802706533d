/** The largest record that may be written, in canonical bytes (ARCHITECTURE, "The record"). Keeps a segment within one API request. */
export const RECORD_BYTES_MAX = 256 * 1024;

/**
 * The most line items of one transaction. A usual line takes 450 bytes, so 400 of them fill two thirds of {@link RECORD_BYTES_MAX};
 * with the longest texts and many modifiers the bytes run out earlier, and `writeRecord` refuses with `record-too-large`.
 */
export const LINES_MAX = 400;

/** The most items of one StockCounted record. */
export const COUNTED_ITEMS_MAX = 1000;

/** The longest human text in a record, in UTF-16 units: a name, a reason. */
export const TEXT_LENGTH_MAX = 200;

/** How deep a payload may nest. Deeper is an attack or a fault, never a sale. */
export const PAYLOAD_DEPTH_MAX = 16;
