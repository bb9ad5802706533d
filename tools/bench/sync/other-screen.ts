import { anItem, openJoinedStore, sellOne } from '../../../apps/register/e2e/harness/joined-store.ts';
import type { HeadlessCore } from '../../../apps/register/e2e/harness/headless-core.ts';
import { pause } from '../../../apps/register/e2e/harness/waiting.ts';
import type { BenchRow } from '../bench-row.ts';
import { spread, threeDigits } from '../quantile.ts';

const WARM_UP = 20;
const SALES = 200;
/** Between two sales: a shop's, not a load test's. */
const PAUSE_MS = 40;
const DEADLINE_MS = 10_000;

/** From the acknowledged sale at one register until another register's window has been told of its order and has it in its list. */
export async function benchOtherScreen(say: (line: string) => void): Promise<BenchRow[]> {
  const store = await openJoinedStore();
  try {
    const seller = await store.openRegister(1);
    const watcher = await store.openRegister(2);
    const item = await anItem(seller);
    const samples: number[] = [];
    const bare: number[] = [];
    say(`${SALES} sales, each seen at the other register`);
    for (let sale = 0; sale < WARM_UP + SALES; sale += 1) {
      const seen = orderSeen(watcher);
      await sellOne(seller, item);
      const soldAtMs = performance.now();
      const seenAtMs = await seen;
      if (sale >= WARM_UP) samples.push(Math.max(0, seenAtMs - soldAtMs));
      bare.push(await bareRequest(store.hub.url));
      await pause(PAUSE_MS);
    }
    const { p50, p99 } = spread(samples);
    const anchorP50 = spread(bare.slice(WARM_UP)).p50;
    return [
      {
        id: 'sync.sale-to-other-screen',
        what: 'sale acknowledged at one register → its order in the list of another',
        unit: 'ms',
        p50,
        p99,
        anchor: 'one bare request to the hub',
        anchorP50,
        ratio: threeDigits(p50 / anchorP50),
        target: 'p50 ≤ 50 ms, p99 ≤ 250 ms',
        kind: 'aim',
        holds: p50 <= 50 && p99 <= 250,
      },
    ];
  } finally {
    await store.dispose();
  }
}

/** When the next order of another register is in the list that a screen would show. */
function orderSeen(watcher: HeadlessCore): Promise<number> {
  return new Promise((resolve, reject) => {
    const before = watcher.snapshots.changes?.orders ?? 0;
    const timer = setTimeout(() => reject(new Error('the other register did not see the sale')), DEADLINE_MS);
    const stop = watcher.onSnapshot((name) => {
      if (name !== 'changes' || (watcher.snapshots.changes?.orders ?? 0) <= before) return;
      clearTimeout(timer);
      stop();
      void watcher.ask('findOrders', { text: '' }).then((found) => {
        const [newest] = found?.ok ? found.value.orders : [];
        if (newest?.registerId === 'DUB1-1') resolve(performance.now());
        else reject(new Error('the list does not begin with the sale'));
      });
    });
  });
}

async function bareRequest(url: string): Promise<number> {
  const fromMs = performance.now();
  const response = await fetch(`${url}/.well-known/jwks.json`);
  await response.arrayBuffer();
  return performance.now() - fromMs;
}
