import { setTimeout as pause } from 'node:timers/promises';
import type { SyncClient } from '@evertill/client';
import { openLine } from '../shop/open-line.ts';
import type { Shop } from '../shop/open-shop.ts';
import type { StockCopy } from './stock-copy.ts';

const PULL_DEADLINE_MS = 20_000;

/** Brings the copy up to what the hub has of all stores. `false` where the hub was not reached, or not in time: the copy is older then. */
export async function pullStock(shop: Shop, copy: StockCopy): Promise<boolean> {
  const feeds = shop.channel.stores.map(({ id }) => ({ collection: 'stock', scope: id }));
  const line = openLine(shop, { store: shop.pass.store, feeds, sink: copy });
  const deadline = new AbortController();
  try {
    return await Promise.race([
      upToDate(line),
      pause(PULL_DEADLINE_MS, false, { signal: deadline.signal }).catch(() => false),
    ]);
  } finally {
    deadline.abort();
    await line.dispose();
  }
}

function upToDate(line: SyncClient): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { connection } = line.view();
      if (line.upToDateAt() !== null) resolve(true);
      else if (connection !== 'online' && connection !== 'connecting') resolve(false);
    };
    line.onChange(look);
    look();
  });
}

/** A line for each store, because a subscription hears one store's hints. The copy is kept up to date until they are disposed of. */
export function followStock(shop: Shop, copy: StockCopy): readonly SyncClient[] {
  return shop.channel.stores.map(({ id }) =>
    openLine(shop, { store: id, feeds: [{ collection: 'stock', scope: id }], sink: copy }),
  );
}
