const FIRST_AFTER_MS = 2000;
const EVERY_MS = 2000;
const LOOK_EVERY_RECORDS = 200;

/** Says how far a long reading has come, from two seconds on, every two seconds. */
export function progressOf(verb: string, say: (text: string) => void, nowMs: () => number): () => void {
  let records = 0;
  let nextAtMs = nowMs() + FIRST_AFTER_MS;
  return () => {
    records += 1;
    if (records % LOOK_EVERY_RECORDS !== 0 || nowMs() < nextAtMs) return;
    nextAtMs = nowMs() + EVERY_MS;
    say(`${verb} ${records.toLocaleString('en')} records so far\n`);
  };
}
