import { hubTokens } from '@evertill/author';
import { fetchPublished } from '@evertill/client';
import { ed25519Verifier } from '@evertill/published';
import type { Shop } from '../shop/open-shop.ts';
import { ShopFault } from '../shop/shop-fault.ts';
import { publishedFolder } from './open-catalog.ts';

/** A first catalog may be large; what is here by then is kept, and the next command goes on. */
const DEADLINE_MS = 60_000;

/** `unreachable`: what is here stays good. */
export type CatalogTaken = 'new' | 'unchanged' | 'nothing-published' | 'unreachable';

/** Faults that say something of what is offered, not of the line: taking it would be wrong, however often it is tried. */
const SUSPECT: readonly string[] = ['bad-signature', 'wrong-scope', 'malformed', 'too-large', 'hash-mismatch'];

/**
 * Brings the catalog up to what the hub has.
 *
 * @throws ShopFault `catalog-refused` where what the hub offers is not what the publisher signed
 */
export async function takeCatalog(shop: Shop): Promise<CatalogTaken> {
  const { channel, pass, key, world } = shop;
  const source = {
    serverUrl: pass.url,
    scope: channel.scope,
    folder: publishedFolder(shop),
    verify: ed25519Verifier([channel.publisher]),
    token: hubTokens(pass, { ...world, key }),
    fetch: world.fetch,
  };
  const outcome = await fetchPublished(source, AbortSignal.timeout(DEADLINE_MS));
  if (!outcome.ok) {
    if (SUSPECT.includes(outcome.error.code)) throw new ShopFault('catalog-refused', outcome.error.code);
    return 'unreachable';
  }
  if (outcome.version === null) return 'nothing-published';
  return outcome.changed ? 'new' : 'unchanged';
}
