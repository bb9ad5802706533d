/** What one row of a file says about one sellable item, read and checked but not yet compared with the catalog. */
export type ItemCandidate = {
  /** Physical line on which the row begins. */
  line: number;
  /** What makes the item the same item in the next import; see item-id.ts. */
  identity: ItemIdentity;
  sku: string;
  /** Normal form of `@evertill/barcode`; '' for none. */
  scanCode: string;
  name: string;
  variant: string | null;
  brand: string | null;
  department: string;
  /** Id of a tax class; whether the shop has it is checked by the import. */
  taxClass: string;
  /** What the variants of one style have in common: handle, parent. Null for an item without siblings. */
  styleKey: string | null;
  /** At least one; the first applies from now, later ones ascend. */
  prices: [CandidatePrice, ...CandidatePrice[]];
  /** Pieces on hand by this file; null where it does not say. */
  quantity: number | null;
};

/** `validFrom` null: from the import on. Otherwise an ISO instant in the future. */
export type CandidatePrice = { amountMinor: number; compareAtMinor: number | null; validFrom: string | null };

export type ItemIdentity = { sku: string } | { style: string; options: string };

/** What a product row passes on to the rows of its variants. */
export type Style = {
  name: string;
  brand: string | null;
  department: string;
  taxClass: string;
  /** False for drafts and for what is no sellable thing: its variants are passed over as well. */
  sellable: boolean;
  /** Whether rows of this style are told apart by options. */
  hasOptions: boolean;
};

/** Styles seen so far in this file. Backed by the scratch database, so that memory stays flat. */
export type StyleMemory = {
  remember(key: string, style: Style): void;
  recall(key: string): Style | null;
};
