/** Where a record stands in its register's journal. */
export type Place = { readonly epoch: number; readonly seq: number };
/** The last record of a journal: whoever knows the head can prove that nothing behind it is missing or altered. */
export type ChainHead = Place & { readonly hash: string };

/** What can be wrong with a record in its chain; each names one rule (I3, I4, I5, I12). */
export type ChainFaultCode =
  /** The bytes are not a record: not canonical, no header, too large. */
  | 'unreadable'
  /** The bytes are not those that were hashed. */
  | 'hash'
  /** The signature is not that of the epoch's key over the hash. */
  | 'signature'
  /** Nobody vouches for the key that opened the epoch, or the record names another key than its epoch. */
  | 'key'
  /** Sequence numbers are missing, repeated or out of order. */
  | 'gap'
  /** The record does not point at the one before it. */
  | 'link'
  /** An epoch that does not begin with a fitting EpochOpened, or one in mid-epoch. */
  | 'epoch-opening'
  /** The epoch names a parent that is not the record before it. */
  | 'epoch-parent'
  /** Two records claim the same parent: a fork. */
  | 'second-child'
  /** Tenant, store or register change within the journal. */
  | 'identity'
  /** The store's index says something else than the record. */
  | 'filed-wrongly'
  /** The business date runs backwards. */
  | 'business-date'
  /** A receipt number is missing or repeated. */
  | 'receipt-number'
  /** A Z report's number is missing or repeated. */
  | 'z-number'
  /** The grand total falls, or closes do not add up to it. */
  | 'grand-total'
  /** The journal ends before, or differs at, a head that was known. */
  | 'tail';

/** The first thing that is wrong in a journal. */
export type ChainFault = {
  readonly code: ChainFaultCode;
  /** Where the broken record says it stands; `null` where that cannot be read. */
  readonly at: Place | null;
  /** How many records before it are sound. */
  readonly soundRecords: number;
  /** One sentence with the facts. */
  readonly detail: string;
};

/** `1/250`: the way people write a place. */
export function placeText(place: Place): string {
  return `${place.epoch}/${place.seq}`;
}
