import { setImmediate } from 'node:timers/promises';
import type { Ledger } from '@evertill/ledger';
import { overlayRowsOf } from '@evertill/register';
import type { LocalFacts } from '@evertill/replica';

const LIFE = 'live.life';
const KINDS = ['order', 'stock'] as const;
/** Records whose rows are made in one commit; between two of them a sale gets its turn. */
const RECORDS_PER_COMMIT = 100;

/** The overlay of the ledger as the live replica reads it. */
export function localFacts(
  ledger: Pick<Ledger, 'overlay' | 'write' | 'records' | 'head' | 'setting'>,
  identity: { store: string; register: string },
): LocalFacts {
  return {
    store: identity.store,
    register: identity.register,
    rows: (kind, entityId) => ledger.overlay(entityId === undefined ? { kind } : { kind, entityId }),
    remove: (covered) =>
      ledger.write((tx) => {
        for (const row of covered) tx.removeCoveredOverlay(row);
      }),
    prunedFor: () => {
      const life = ledger.setting(LIFE);
      return typeof life === 'string' ? life : null;
    },
    async deriveAnew(life) {
      // Sales from here on leave their rows themselves.
      const until = ledger.head();
      ledger.write((tx) => {
        for (const kind of KINDS) tx.clearOverlay(kind);
        tx.putSetting(LIFE, null);
      });
      for (const slice of slices(sales(ledger, until), RECORDS_PER_COMMIT)) {
        ledger.write((tx) => {
          for (const row of slice.flat()) tx.addOverlay(row);
        });
        await setImmediate();
      }
      ledger.write((tx) => tx.putSetting(LIFE, life));
    },
  };
}

function* sales(
  ledger: Pick<Ledger, 'records'>,
  until: { epoch: number; seq: number },
): Generator<ReturnType<typeof overlayRowsOf>> {
  for (const record of ledger.records({ type: 'TransactionCompleted' })) {
    if (record.epoch > until.epoch || (record.epoch === until.epoch && record.seq > until.seq)) return;
    const read = record.read();
    if (read.known && read.type === 'TransactionCompleted') yield overlayRowsOf(read.header, read.payload);
  }
}

function* slices<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let slice: T[] = [];
  for (const item of items) {
    slice.push(item);
    if (slice.length < size) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}
