import { once } from 'node:events';
import { itemNames } from '../catalog/find-items.ts';
import { openCatalog } from '../catalog/open-catalog.ts';
import { takeCatalog } from '../catalog/take-catalog.ts';
import type { Shop } from '../shop/open-shop.ts';
import { followStock } from '../stock/follow-stock.ts';
import { openStockCopy } from '../stock/stock-copy.ts';
import { printable } from './words.ts';

const connectionWords = {
  connecting: 'Asking the hub …',
  online: 'Hears the hub.',
  offline: 'The hub cannot be reached; changes are shown once it is back.',
  'server-trouble': 'The hub is in trouble; changes are shown once it is back.',
  'captive-portal': 'Somebody else answers in the hub’s place: a page to sign in to the network?',
} as const;

/** Hears the stores' hints and prints what they changed, until it is told to end. */
export async function watch(shop: Shop): Promise<number> {
  const { world, channel } = shop;
  await takeCatalog(shop);
  const catalog = openCatalog(shop);
  const names = catalog ? await itemNames(catalog) : new Map<string, string>();
  const copy = openStockCopy(shop.folder);
  copy.onChange((changes) => {
    for (const { store, itemId, before, after } of changes)
      world.out(`${store}  ${printable(names.get(itemId) ?? itemId)}  ${before} → ${after}`);
  });
  world.out(`Watching stock of ${channel.stores.map(({ id }) => id).join(', ')}.`);
  const lines = followStock(shop, copy);
  try {
    const [first] = lines;
    let told = '';
    first?.onChange(() => {
      const { connection, hearsHints } = first.view();
      // Told as heard only when hints arrive too: from then on a change is seen at once.
      if (connection === told || (connection === 'online' && !hearsHints)) return;
      told = connection;
      world.out(connectionWords[connection]);
    });
    if (!world.ended.aborted) await once(world.ended, 'abort');
    return 0;
  } finally {
    await Promise.all(lines.map((line) => line.dispose()));
    copy.close();
  }
}
