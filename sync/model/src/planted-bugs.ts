/**
 * Mistakes that real systems make, each behind this test-only switch. The model must catch every one of them: a check that never goes red
 * proves nothing.
 */
export const plantedBugs = [
  /** Local rows go when the push is acknowledged, not when the replica covers them. */
  'overlay-removed-on-ack',
  /** Local rows are added whatever the document covers. */
  'covers-ignored',
  /** A movement overwrites the quantity with what the register saw. */
  'last-writer-wins-on-stock',
  /** A count is turned into a delta against whatever is on hand when it arrives. */
  'count-as-delta',
  /** The place in the view is taken from the hint that caused the pull. */
  'checkpoint-from-hint',
  /** The checkpoint is durable before the documents are. */
  'checkpoint-before-documents',
  /** A late page puts old documents over new ones. */
  'late-page-overwrites',
  /** Any page moves the checkpoint, wherever it began. */
  'late-page-moves-checkpoint',
  /** A pull reads what the projector has not settled yet, and an index query may see half of a transaction. */
  'pull-beyond-settled',
  /** The server appends what it is sent without looking at the head. */
  'append-without-head',
  /** The projector's cursor is not in the transaction of its documents. */
  'cursor-outside-transaction',
  /** The register believes its own mark when the server says it holds less. */
  'own-ack-trusted',
  /** A pruned overlay is not derived again when a restored server covers less. */
  'overlay-not-derived-again',
  /** A restored register goes on in its old epoch. */
  'same-epoch-after-restore',
  /** A record nobody can read stops its journal's projection. */
  'unreadable-record-blocks',
  /** A document nobody can read stops the pull. */
  'poisoned-document-blocks',
] as const;

export type PlantedBug = (typeof plantedBugs)[number];
