import { openJoinedStore } from '../../../apps/register/e2e/harness/joined-store.ts';
import type { BenchRow } from '../bench-row.ts';
import { threeDigits } from '../quantile.ts';

const ITEMS = 100_000;
const TARGET_MS = 20_000;

/** From the start of a register that knows nothing but a code until it is open: joined, catalog fetched, checked, imported. */
export async function benchNewRegister(say: (line: string) => void): Promise<BenchRow[]> {
  say(`a store of ${ITEMS} items`);
  const store = await openJoinedStore({ items: ITEMS });
  try {
    await store.openRegister(1);
    say('a register that has nothing but a code');
    const fromMs = performance.now();
    const core = await store.openRegister(2);
    const ms = performance.now() - fromMs;
    if (core.snapshots.catalog?.itemCount !== ITEMS) throw new Error('the catalog is not all there');
    return [
      {
        id: 'sync.new-register',
        what: `a new register with nothing but a code → signed on, ${ITEMS} items, the till open`,
        unit: 'ms',
        p50: threeDigits(ms),
        p99: threeDigits(ms),
        anchor: null,
        anchorP50: null,
        ratio: null,
        target: `≤ ${TARGET_MS} ms`,
        kind: 'aim',
        holds: ms <= TARGET_MS,
      },
    ];
  } finally {
    await store.dispose();
  }
}
