import type { Product } from '@evertill/published';
import { wordsOf } from '@evertill/rx-storage-sqlite';

/** Text without case and accents, as the word index compares it. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/**
 * Orders candidates of a search, best first: the code itself, then names that begin with what was typed, then names in which each typed
 * word begins a word, the first word counting most; then the rest (brand, variant, part of a code). Among equals the shorter name, then by
 * name and id, so that the same search always shows the same list.
 */
export function rankProducts(products: readonly Product[], text: string): Product[] {
  const wanted = folded(text.trim());
  const words = wordsOf(wanted);
  return products
    .map((product) => ({ product, name: folded(product.name), rank: 0 }))
    .map((entry) => ({ ...entry, rank: rankOf(entry.product, entry.name, wanted, words) }))
    .sort(
      (a, b) =>
        a.rank - b.rank || a.name.length - b.name.length || order(a.name, b.name) || order(a.product.id, b.product.id),
    )
    .map(({ product }) => product);
}

function rankOf({ sku, scanCode }: Product, name: string, wanted: string, words: readonly string[]): number {
  if (folded(sku) === wanted || (scanCode !== '' && scanCode.endsWith(wanted) && Number(scanCode) === Number(wanted)))
    return 0;
  if (name === wanted) return 1;
  if (name.startsWith(wanted)) return 2;
  const nameWords = wordsOf(name);
  const positions = words.map((word) => nameWords.findIndex((candidate) => candidate.startsWith(word)));
  if (positions.includes(-1)) return 20;
  return 3 + Math.min(10, positions[0] ?? 0);
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
