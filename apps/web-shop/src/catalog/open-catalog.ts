import { join } from 'node:path';
import { ed25519Verifier, type PublishedSnapshot, PublishedFault, readHead } from '@evertill/published';
import type { Shop } from '../shop/open-shop.ts';
import { ShopFault } from '../shop/shop-fault.ts';

export const publishedFolder = ({ folder }: Pick<Shop, 'folder'>): string => join(folder, 'published');

/** The catalog that is kept here, its signature checked; `null` before the first. @throws ShopFault `catalog-refused` */
export function openCatalog(shop: Shop): PublishedSnapshot | null {
  const { scope, publisher } = shop.channel;
  try {
    return readHead({ folder: publishedFolder(shop), scope, verify: ed25519Verifier([publisher]) });
  } catch (cause) {
    if (!(cause instanceof PublishedFault)) throw cause;
    throw new ShopFault('catalog-refused', cause.code, { cause });
  }
}
