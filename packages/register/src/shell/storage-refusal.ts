import { refused, type Refusal } from '../refusal.ts';

/** What a cashier is told when a command ended in an error: the disk's own code where it has one. */
export function storageRefusal(error: unknown): { ok: false; error: Refusal } {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'disk-full') return refused('disk-full');
  return refused('storage-failed', typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown');
}
