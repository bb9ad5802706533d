import { takeCatalog } from '../catalog/take-catalog.ts';
import { joinShop } from '../shop/open-shop.ts';
import type { World } from '../shop/world.ts';

const catalogWords = {
  new: 'Its catalog is here.',
  unchanged: 'Its catalog was here already.',
  'nothing-published': 'It has published no catalog yet.',
  unreachable: 'Its catalog could not be fetched; the next command tries again.',
} as const;

export async function join(
  folder: string,
  invitation: { readonly hubUrl: string; readonly code: string },
  world: World,
): Promise<number> {
  const shop = await joinShop(folder, invitation, world);
  const { author, stores } = shop.channel;
  const names = stores.map(({ id, name }) => `${name} (${id})`).join(', ');
  world.out(`Joined ${shop.pass.url} as ${author}. It sells for ${names}.`);
  world.out(catalogWords[await takeCatalog(shop)]);
  return 0;
}
