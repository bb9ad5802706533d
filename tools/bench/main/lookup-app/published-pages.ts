import { ed25519Verifier, readHead } from '@evertill/published';
import type { LookupStart, PublishedPage } from './messages.ts';

/** What is published, a batch after another, and an end: for the side that has no import of its own. */
export async function* publishedPages({ publishedFolder, scope, keys }: LookupStart): AsyncGenerator<PublishedPage> {
  const head = readHead({ folder: publishedFolder, scope, verify: ed25519Verifier(keys) });
  if (!head) return;
  const none: PublishedPage = { products: [], prices: [], taxes: [] };
  for await (const taxes of head.readBatches('taxes')) yield { ...none, taxes };
  for await (const products of head.readBatches('products')) yield { ...none, products };
  for await (const prices of head.readBatches('prices')) yield { ...none, prices };
}
