import {
  findOrders,
  releaseClaim,
  resumeTransaction,
  type ApiOutcome,
  type Claim,
  type OrderKey,
  type PulledDocument,
} from '@evertill/client';
import type { LookupKeys } from '@evertill/enrolment';
import type { FoundOrder, OnHand, ResumeClaim, UnifiedView } from '@evertill/register';
import type { LiveReplica } from '@evertill/replica';
import type { SuspendedRecord } from '@evertill/retail';
import { orderOfDocument } from './order-of-document.ts';
import type { HubSync } from './start-hub-sync.ts';
import { suspendedOfDocument } from './suspended-of-document.ts';

/** So long a look-up waits for the server before the register answers by itself. */
const ASK_TIMEOUT_MS = 2_000;
const SHORTEST_CLAIM_S = 30;
/** More than a register can have put aside at once. */
const ENDED_KEPT_MAX = 200;

type Parts = {
  sync: HubSync;
  live: LiveReplica;
  stores: readonly { id: string; name: string }[];
  /** `null`: this register was not told how customers are looked up. */
  lookupKeys: LookupKeys | null;
  register: string;
  onChange(change: 'orders' | 'stock' | 'suspended' | 'server'): void;
  onFault(thrown: unknown): void;
};

/** The unified view as the use cases want it: what is held here, and the server where it can be asked. */
export async function openUnifiedView(parts: Parts): Promise<UnifiedView> {
  const { sync, live, stores, register } = parts;
  let elsewhere: readonly SuspendedRecord[] = await putAsideElsewhere(live, register);
  const own = await watchOwnSuspended(parts);
  sync.onChange(() => parts.onChange('server'));
  live.onChange((collection) => {
    if (collection !== 'suspended') return parts.onChange(collection);
    Promise.all([putAsideElsewhere(live, register), own.look()]).then(([found]) => {
      elsewhere = found;
      parts.onChange('suspended');
    }, parts.onFault);
  });
  const locations = stores.map(({ id }) => id);
  const here = locations.slice(0, 1);
  return {
    stores,
    findOrders: (text, limit) => lookUp(parts, text, limit),
    stockOf: async (itemId) =>
      (await live.stockOf(itemId, locations)).map(({ location, ...level }) => ({ storeId: location, ...level })),
    onHandHere: async (itemIds) => {
      const known = new Map<string, OnHand>();
      for (const itemId of itemIds) {
        const [level] = await live.stockOf(itemId, here);
        if (level) known.set(itemId, { quantity: level.onHand, unit: level.unit });
      }
      return known;
    },
    suspendedElsewhere: () => elsewhere,
    endedElsewhere: () => own.ended,
    claimResume: async (by) =>
      claimOf(await sync.ask(resumeTransaction, { input: { suspended: by } }, AbortSignal.timeout(ASK_TIMEOUT_MS))),
    server: () => sync.server(),
    askAgain: () => sync.askAgain(),
  };
}

/**
 * Looks after what this register put aside. A document that vanishes from the replica is no proof that it went on elsewhere: a server that was
 * put back has lost documents too. So the server is asked for that one, and its word counts.
 */
async function watchOwnSuspended({ sync, live, register }: Parts): Promise<{
  readonly ended: readonly SuspendedRecord['by'][];
  look(): Promise<void>;
}> {
  const ownNow = async (): Promise<Map<string, SuspendedRecord>> => {
    const records = (await live.suspended()).map(({ id, body }) => [id, suspendedOfDocument(id, body)] as const);
    return new Map(records.filter((one): one is [string, SuspendedRecord] => one[1]?.by.register === register));
  };
  let seen = await ownNow();
  const ended: SuspendedRecord['by'][] = [];
  return {
    ended,
    async look() {
      const now = await ownNow();
      const vanished = [...seen].filter(([id]) => !now.has(id));
      seen = now;
      for (const [, { by }] of vanished) if (await hasGoneOn(sync, by)) ended.push(by);
      ended.splice(0, Math.max(0, ended.length - ENDED_KEPT_MAX));
    },
  };
}

/** A right that is only asked for to hear the answer is given back at once. */
async function hasGoneOn({ ask }: HubSync, suspended: SuspendedRecord['by']): Promise<boolean> {
  const input = { suspended, expiresInSeconds: SHORTEST_CLAIM_S };
  const claim = await ask(resumeTransaction, { input }, AbortSignal.timeout(ASK_TIMEOUT_MS));
  if (!claim.ok) {
    const answer = claimOf(claim);
    return !answer.ok && answer.reason === 'gone';
  }
  const { id, kind, subject } = claim.value;
  await ask(releaseClaim, { input: { claim: id, kind, subject } }, AbortSignal.timeout(ASK_TIMEOUT_MS));
  return false;
}

async function putAsideElsewhere(live: LiveReplica, register: string): Promise<SuspendedRecord[]> {
  const documents = await live.suspended();
  return documents
    .map(({ id, body }) => suspendedOfDocument(id, body))
    .filter((record) => record !== null && record.by.register !== register) as SuspendedRecord[];
}

/**
 * What is held here and what the server finds, each order once. The server is asked for what a register need not hold (orders of other
 * stores, old ones); the own replica is as fresh as the last hint, so for the newest ones nobody waits for the line.
 */
async function lookUp(
  { sync, live, lookupKeys }: Parts,
  text: string,
  limit: number,
): Promise<{ orders: FoundOrder[]; from: 'server' | 'here' }> {
  const keys = text === '' || !lookupKeys ? [] : blindKeys(lookupKeys, text);
  const held = await live.findOrders({ text, blindKeys: keys.map(({ group }) => group), limit });
  const orders = new Map<string, FoundOrder>();
  for (const { id, body, atServer } of held) {
    const order = orderOfDocument(id, body, atServer);
    if (order) orders.set(id, order);
  }
  const server = sync.server();
  const isOnline = server.state === 'online';
  if (text === '' || !isOnline) return { orders: [...orders.values()], from: isOnline ? 'server' : 'here' };
  const asked: { by: OrderKey; key: string }[] = [
    { by: 'NUMBER', key: text.toUpperCase() },
    ...keys.map(({ by, group }) => ({ by, key: group[0] ?? '' })),
  ];
  const answers = await Promise.all(
    asked.map((variables) => sync.ask(findOrders, variables, AbortSignal.timeout(ASK_TIMEOUT_MS))),
  );
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok) return { orders: [...orders.values()], from: 'here' };
    const group = index === 0 ? [] : (keys[index - 1]?.group ?? []);
    for (const order of answer.value) if (carriesAll(order, group)) addOrder(orders, order);
  }
  const newestFirst = [...orders.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
  return { orders: newestFirst.slice(0, limit), from: 'server' };
}

type KeyGroup = { by: OrderKey; group: string[] };

/** What a typed text could be besides a number: a mail address, a phone number, a name of one or more words. */
function blindKeys(lookupKeys: LookupKeys, text: string): KeyGroup[] {
  const mail = lookupKeys.mail(text);
  const phone = lookupKeys.phone(text);
  const name = lookupKeys.name(text);
  return [
    ...(mail === null ? [] : [{ by: 'MAIL' as const, group: [mail] }]),
    ...(phone === null ? [] : [{ by: 'PHONE' as const, group: [phone] }]),
    ...(name.length === 0 ? [] : [{ by: 'NAME' as const, group: name }]),
  ];
}

/** The server finds by one word of a name; the others are held against what it found. */
function carriesAll({ body }: PulledDocument, group: readonly string[]): boolean {
  if (group.length < 2) return true;
  const { findBy } = body as { findBy?: { name?: unknown } };
  const carried = Array.isArray(findBy?.name) ? (findBy.name as unknown[]) : [];
  return group.every((key) => carried.includes(key));
}

function addOrder(orders: Map<string, FoundOrder>, { id, body }: PulledDocument): void {
  const order = orderOfDocument(id, body, true);
  if (order) orders.set(id, order);
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
