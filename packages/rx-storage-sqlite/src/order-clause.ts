import type { SelectorContext } from './where-clause.ts';

/** The sort of a query as an ORDER BY list, or null when SQL would order differently from JavaScript. */
export function orderClause(
  sort: readonly Record<string, string>[],
  { paths, profile }: SelectorContext,
): string | null {
  const terms: string[] = [];
  for (const [name, direction] of sort.flatMap((part) => Object.entries(part))) {
    const path = paths.get(name);
    if (!path || profile.has(name, 'irregular')) return null;
    if (path.kind === 'string' && !profile.ordersAlike(name)) return null;
    terms.push(`${path.expression} ${direction === 'desc' ? 'DESC' : 'ASC'}`);
  }
  return terms.join(', ');
}
