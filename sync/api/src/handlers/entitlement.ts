import { recordTypes } from '@evertill/records';

/** What the token says an author is. */
export const authorRoles = ['register', 'channel'] as const;
export type AuthorRole = (typeof authorRoles)[number];

/** What an author without a till, a drawer and a receipt printer may state: a web shop's orders, an importer's counts. */
const channelTypes: readonly string[] = ['EpochOpened', 'OrderPlaced', 'StockCounted'];

/**
 * Whether an author may state a fact of this type. A key that leaks from a web shop must not make receipts, and an order comes from
 * the channel that the customer dealt with. Types nobody here knows are stored and relayed, whoever states them.
 */
export function mayState(role: AuthorRole, type: string): boolean {
  if (role === 'register') return type !== 'OrderPlaced';
  return channelTypes.includes(type) || !Object.hasOwn(recordTypes, type);
}
