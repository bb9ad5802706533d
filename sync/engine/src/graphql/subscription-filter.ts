import { z } from 'zod';

/** What `extensions.setSubscriptionFilter` takes, as far as the product uses it. */
const filterGroups = z.strictObject({
  filterGroup: z.array(
    z.strictObject({
      filters: z.array(
        z.strictObject({
          fieldName: z.string(),
          operator: z.literal('eq'),
          value: z.union([z.string(), z.number(), z.boolean()]),
        }),
      ),
    }),
  ),
});

/**
 * Who hears of a published value: with a filter, whoever it matches (groups are alternatives, filters in a group all have to match);
 * without one, whose arguments are equal to the value's fields. Both are AppSync's rules. Throws for an operator other than `eq`.
 */
export function subscriptionFilter(args: Record<string, unknown>, filter: unknown): (value: unknown) => boolean {
  if (filter !== null && filter !== undefined) {
    const groups = filterGroups.parse(filter).filterGroup;
    return (value) =>
      groups.some(({ filters }) =>
        filters.every(({ fieldName, value: wanted }) => fieldOf(value, fieldName) === wanted),
      );
  }
  const wanted = Object.entries(args).filter(([, value]) => value !== null && value !== undefined);
  return (value) => wanted.every(([name, argument]) => fieldOf(value, name) === argument);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
