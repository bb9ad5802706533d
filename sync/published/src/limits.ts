/** Everything that grows in a published folder, and where it stops. Readers hold writers to the same numbers. */

/** One document as a canonical line. */
export const DOCUMENT_BYTES_MAX = 64 * 1024;
/** An object is closed at the first document that reaches this size, so a reader can hold a whole object and check it before use. */
export const OBJECT_BYTES_TARGET = 4 * 1024 * 1024;
export const OBJECT_BYTES_MAX = OBJECT_BYTES_TARGET + DOCUMENT_BYTES_MAX;
/** All objects of one snapshot: four million items and more. */
export const SNAPSHOT_BYTES_MAX = 2 * 1024 * 1024 * 1024;
export const MANIFEST_BYTES_MAX = 256 * 1024;
/** Documents handled between two turns of the event loop. */
export const BATCH_DOCUMENTS = 200;
