/**
 * Where things lie in the three tables. Resolvers spell the same keys out (a resolver imports nothing of ours); the fixtures hold both to
 * each other. Ids hold no `#` (`idSchema`), so no key can be read in two ways.
 */
export type Key = { readonly pk: string; readonly sk: string };

const EPOCH_DIGITS = 10;
const SEQ_DIGITS = 12;

/** Numbers that sort as text. */
function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** `ledger`: an author and its public key. `~` sorts after every digit and `#`. */
export function enrolmentKey(tenant: string, register: string): Key {
  return { pk: `${tenant}#${register}`, sk: 'head~enrolled' };
}

/** `ledger`: how far one epoch of a journal is held. */
export function headKey(tenant: string, register: string, epoch: number): Key {
  return { pk: `${tenant}#${register}`, sk: `head#${padded(epoch, EPOCH_DIGITS)}` };
}

/** `ledger`: a segment under its last sequence: the first key at or after a sequence is the segment that holds it. */
export function segmentKey(tenant: string, register: string, epoch: number, lastSeq: number): Key {
  const place = `${padded(epoch, EPOCH_DIGITS)}#${padded(lastSeq, SEQ_DIGITS)}`;
  return { pk: `${tenant}#${register}`, sk: `segment#${place}` };
}

/** `views`: a document. */
export function documentKey(tenant: string, collection: string, scope: string, id: string): Key {
  return { pk: `${tenant}#doc#${collection}#${scope}`, sk: id };
}

/** `views`: `{period, seq, settledSeq}` of a collection in a scope; it has no `change`, so no pull sees it. */
export function scopeKey(tenant: string, collection: string, scope: string): Key {
  return documentKey(tenant, collection, scope, '#scope');
}

/** `views`: the sort key of the index `byChange`. */
export function changeOf(period: string, seq: number): string {
  return `${period}#${padded(seq, SEQ_DIGITS)}`;
}

/** `views`: how far a projection has read a journal. */
export function cursorKey(tenant: string, projection: string, journal: string): Key {
  return { pk: `${tenant}#cursor#${projection}`, sk: journal };
}

/** `views`: the signed head of a published scope. */
export function publishedKey(tenant: string, scope: string): Key {
  return { pk: `${tenant}#published`, sk: scope };
}

/** `views`: documents by what a person knows of them. `at` sorts the newest last. */
export function findKey(
  tenant: string,
  by: string,
  key: string,
  place: { at: string; scope: string; id: string },
): Key {
  return { pk: `${tenant}#find#${by}#${key}`, sk: `${place.at}#${place.scope}#${place.id}` };
}

/** `views`: what of an item had moved at a location by then, in one journal. */
export function movedKey(tenant: string, location: string, itemId: string, journal: string, seq: number): Key {
  return { pk: `${tenant}#moved#${location}#${itemId}#${journal}`, sk: padded(seq, SEQ_DIGITS) };
}
