import { findOrders, resumeTransaction, type ApiOutcome, type Claim, type PulledDocument } from '@evertill/client';
import type { FoundOrder, ResumeClaim, UnifiedView } from '@evertill/register';
import type { HubSync } from './start-hub-sync.ts';
import { orderOfDocument } from './order-of-document.ts';

/** So long a look-up waits for the server before the register answers by itself. */
const ASK_TIMEOUT_MS = 2_500;

type Parts = { sync: HubSync; stores: readonly { id: string; name: string }[] };

/** The unified view as the use cases want it: what is held here, and the server where it can be asked. */
export function unifiedView({ sync, stores }: Parts): UnifiedView {
  return {
    stores,
    findOrders: async (text, limit) => {
      const answer = await sync.ask(findOrders, { by: 'NUMBER', key: text }, AbortSignal.timeout(ASK_TIMEOUT_MS));
      if (!answer.ok) return { orders: [], from: 'here' };
      return { orders: shown(answer.value).slice(0, limit), from: 'server' };
    },
    stockOf: async () => [],
    onHandHere: async () => new Map(),
    suspendedElsewhere: () => [],
    claimResume: async (by) =>
      claimOf(await sync.ask(resumeTransaction, { input: { suspended: by } }, AbortSignal.timeout(ASK_TIMEOUT_MS))),
    server: () => sync.server(),
    askAgain: () => sync.askAgain(),
  };
}

function shown(documents: readonly PulledDocument[]): FoundOrder[] {
  return documents.map(({ id, body }) => orderOfDocument(id, body, true)).filter((order) => order !== null);
}

/** What the server's answer means for whoever wants to go on with a transaction. */
function claimOf(answer: ApiOutcome<Claim>): ResumeClaim {
  if (answer.ok) return { ok: true, claim: answer.value.id };
  if (answer.error.code !== 'refused') return { ok: false, reason: 'unreachable' };
  switch (answer.error.errorType) {
    case 'ClaimTaken':
      return { ok: false, reason: 'taken' };
    case 'NotFound':
      return { ok: false, reason: hasEnded(answer.error.info) ? 'gone' : 'unknown' };
    default:
      return { ok: false, reason: 'unreachable' };
  }
}

/** The server knows the transaction and knows that it went on; where it only does not know it yet, it says nothing. */
function hasEnded(info: unknown): boolean {
  return typeof info === 'object' && info !== null && 'ended' in info && info.ended === true;
}
