import { anItem, openJoinedStore, sellOne, type SoldItem } from '../../../apps/register/e2e/harness/joined-store.ts';
import type { HeadlessCore } from '../../../apps/register/e2e/harness/headless-core.ts';
import { pause, until } from '../../../apps/register/e2e/harness/waiting.ts';
import type { BenchRow } from '../bench-row.ts';
import { threeDigits } from '../quantile.ts';
import { throttledProxy, type ThrottledProxy } from './throttled-proxy.ts';

/** Three days of a shop, and a month of a small one. */
const BACKLOG = { thin: 1_500, loopback: 5_000 };
const THIN_BITS_PER_SECOND = 1_000_000;
/** A window may ask 200 times in a second, and a sale is two questions. */
const PACE_MS = 11;
const DEADLINE_MS = 180_000;

/** How long a register needs to send what it sold while it was cut off, and how much goes over the line for it. */
export async function benchDrain(say: (line: string) => void): Promise<BenchRow[]> {
  let proxy: ThrottledProxy | null = null;
  const store = await openJoinedStore({
    hubUrl: (own) => (proxy ? `http://127.0.0.1:${proxy.port}` : own),
  });
  proxy = await throttledProxy({ port: Number(new URL(store.hub.url).port) });
  try {
    const core = await store.openRegister(1);
    const item = await anItem(core);
    await drained(core);
    const thin = await drainAfter(core, item, proxy, { sales: BACKLOG.thin, rate: THIN_BITS_PER_SECOND, say });
    const loopback = await drainAfter(core, item, proxy, { sales: BACKLOG.loopback, rate: null, say });
    const bytesPerSale = Math.round(thin.bytes / BACKLOG.thin);
    const floorMs = (thin.bytes * 8 * 1000) / THIN_BITS_PER_SECOND;
    return [
      row('drain-thin', `${BACKLOG.thin} sales through 1 Mbit/s`, thin.ms, 60_000, {
        anchor: 'the bytes of it at 1 Mbit/s',
        anchorMs: floorMs,
      }),
      row('drain-loopback', `${BACKLOG.loopback} sales on loopback`, loopback.ms, 10_000, null),
      {
        id: 'sync.bytes-per-sale',
        what: 'bytes on the wire for a sale of a backlog, both ways',
        unit: 'count',
        p50: bytesPerSale,
        p99: bytesPerSale,
        anchor: null,
        anchorP50: null,
        ratio: null,
        target: 'none',
        kind: 'aim',
        holds: true,
      },
    ];
  } finally {
    await store.dispose();
    await proxy.dispose();
  }
}

async function drainAfter(
  core: HeadlessCore,
  item: SoldItem,
  proxy: ThrottledProxy,
  { sales, rate, say }: { sales: number; rate: number | null; say: (line: string) => void },
): Promise<{ ms: number; bytes: number }> {
  proxy.cut();
  say(`${sales} sales without a line`);
  for (let sale = 0; sale < sales; sale += 1) {
    await pause(PACE_MS);
    await sellOne(core, item);
  }
  const before = proxy.bytes();
  proxy.mend(rate);
  const fromMs = await until('the line', () => (proxy.bytes() > before ? performance.now() : 0), DEADLINE_MS);
  await drained(core);
  return { ms: performance.now() - fromMs, bytes: proxy.bytes() - before };
}

function drained(core: HeadlessCore): Promise<boolean> {
  const isDrained = (): boolean => {
    const { server } = core.snapshots;
    return server !== undefined && server.state === 'online' && server.waitingRecords === 0;
  };
  return until('everything at the hub', isDrained, DEADLINE_MS, () => JSON.stringify(core.snapshots.server));
}

function row(
  id: string,
  what: string,
  ms: number,
  targetMs: number,
  beside: { anchor: string; anchorMs: number } | null,
): BenchRow {
  return {
    id: `sync.${id}`,
    what: `backlog at the hub, confirmed: ${what}`,
    unit: 'ms',
    p50: threeDigits(ms),
    p99: threeDigits(ms),
    anchor: beside?.anchor ?? null,
    anchorP50: beside ? threeDigits(beside.anchorMs) : null,
    ratio: beside ? threeDigits(ms / beside.anchorMs) : null,
    target: `≤ ${targetMs} ms`,
    kind: 'aim',
    holds: ms <= targetMs,
  };
}
