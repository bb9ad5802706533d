import { FileRefused } from '../problem.ts';
import { evertill } from './evertill.ts';
import { isToldBy, layOut } from './product-format.ts';
import type { FileLayout, FormatName } from './product-format.ts';
import { shopify } from './shopify.ts';
import { woocommerce } from './woocommerce.ts';

const FORMATS = [shopify, woocommerce, evertill];

export const formatNames: readonly FormatName[] = FORMATS.map(({ name }) => name);

/**
 * Finds out what kind of product file a header belongs to, or takes the caller's word for it.
 * @throws FileRefused naming the missing column, or all columns found when the file is of no known kind.
 */
export function recogniseFormat(header: readonly string[], asked?: FormatName): FileLayout {
  const format = FORMATS.find((candidate) => (asked ? candidate.name === asked : isToldBy(candidate, header)));
  if (format) return layOut(format, header);
  const found = header.slice(0, 12).map((name) => `"${name.slice(0, 40)}"`);
  throw new FileRefused(
    'format-unknown',
    `These are not the columns of a Shopify, WooCommerce (in English) or Evertill file: ${found.join(', ')}${header.length > 12 ? ' …' : ''}. Nothing was imported.`,
  );
}
