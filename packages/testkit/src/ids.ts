/** A source of identifiers, unique for the life of the source. */
export type Ids = { next(): string };

/** `prefix-000001`, `prefix-000002` …: sorted as text they are sorted in time, and a failing test can be read. */
export function sequentialIds(prefix = 'id'): Ids {
  let issued = 0;
  return {
    next() {
      issued += 1;
      return `${prefix}-${String(issued).padStart(6, '0')}`;
    },
  };
}
