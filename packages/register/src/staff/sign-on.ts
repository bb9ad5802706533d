import type { Fact } from '@evertill/records';
import { countAttempt, lockedUntilMs, noAttempts, type SignOnAttempts } from '@evertill/retail';
import { z } from 'zod';
import type { ParamsOf } from '../commands.ts';
import type { RegisterNeeds, StaffMember } from '../needs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { withDeadline } from '../shell/deadline.ts';
import { record } from '../shell/journal.ts';
import { ANSWER_DEADLINE_MS } from '../shell/limits.ts';
import type { Memory, Workplace } from '../shell/workplace.ts';
import type { SessionView } from '../views.ts';

const attemptsSchema = z.object({
  failures: z.number().int().min(0),
  lock: z.object({ fromMs: z.number(), forMs: z.number().min(0) }).nullable(),
});

/**
 * Signs a person on by PIN. The attempt is on disk before the PIN is looked at, so neither a crash nor a restart makes it
 * uncounted (SPEC S2).
 */
export async function signOn(workplace: Workplace, { staffId, pin }: ParamsOf<'signOn'>): Promise<Outcome<null>> {
  const { needs, memory } = workplace;
  const person = needs.staff.find((one) => one.staffId === staffId);
  if (!person) return refused('unknown-staff');
  const nowMs = needs.clock.nowMs();
  if (person.grantExpiresAt !== null && nowMs >= Date.parse(person.grantExpiresAt)) return refused('grant-expired');
  const before = attemptsOf(needs, staffId);
  const { untilMs, moved } = lockedUntilMs(before, nowMs);
  if (untilMs !== null) {
    if (moved) keepAttempts(needs, staffId, moved);
    showSession(workplace);
    return refused('locked-out', new Date(untilMs).toISOString());
  }
  const counted = countAttempt(before, nowMs);
  keepAttempts(needs, staffId, counted);
  const right = await withDeadline(needs.timers, ANSWER_DEADLINE_MS, needs.pins.verify(staffId, pin));
  if (!right) return wrongPin(workplace, staffId, counted);
  const facts: Fact[] = [{ type: 'SignedOn', payload: { staffId, role: person.role } }];
  if (memory.signedOn) {
    facts.unshift({ type: 'SignedOff', payload: { staffId: memory.signedOn.staffId, reason: 'replaced' } });
  }
  record(workplace, facts, (changes) => changes.putSetting(attemptsKey(staffId), noAttempts), { actor: staffId });
  memory.signedOn = person;
  showSession(workplace);
  tellRestored(workplace);
  return done(null);
}

/** The open transaction, if there is one, stays and waits for whoever signs on next. */
export function signOff(workplace: Workplace): Outcome<null> {
  const { memory, drafts } = workplace;
  if (!memory.signedOn) return done(null);
  drafts.flush();
  record(workplace, [{ type: 'SignedOff', payload: { staffId: memory.signedOn.staffId, reason: 'requested' } }]);
  memory.signedOn = null;
  showSession(workplace);
  return done(null);
}

/** Who may sign on, who has, and what that person may do. */
export function sessionView(needs: RegisterNeeds, memory: Pick<Memory, 'signedOn' | 'settings'>): SessionView {
  const { signedOn, settings } = memory;
  const nowMs = needs.clock.nowMs();
  return {
    signedOn: signedOn && {
      staffId: signedOn.staffId,
      name: signedOn.name,
      role: signedOn.role,
      may: [...settings.permissions[signedOn.role]],
    },
    staff: needs.staff.map(({ staffId, name, role }: StaffMember) => {
      const { untilMs } = lockedUntilMs(attemptsOf(needs, staffId), nowMs);
      return { staffId, name, role, lockedUntil: untilMs === null ? null : new Date(untilMs).toISOString() };
    }),
  };
}

function wrongPin(workplace: Workplace, staffId: string, counted: SignOnAttempts): Outcome<null> {
  const { lock, failures } = counted;
  if (!lock) return refused('wrong-pin');
  const lockedUntil = new Date(lock.fromMs + lock.forMs).toISOString();
  const fact: Fact = { type: 'SignOnLocked', payload: { staffId, attempts: failures, lockedUntil } };
  record(workplace, [fact], undefined, { actor: 'system' });
  showSession(workplace);
  return refused('locked-out', lockedUntil);
}

function tellRestored(workplace: Workplace): void {
  const { memory } = workplace;
  if (!memory.restoredUntold) return;
  memory.restoredUntold = false;
  workplace.notify('info', 'transaction-restored', null);
}

function showSession(workplace: Workplace): void {
  workplace.board.show('session', sessionView(workplace.needs, workplace.memory));
}

function attemptsKey(staffId: string): string {
  return `sign-on:${staffId}`;
}

function attemptsOf(needs: RegisterNeeds, staffId: string): SignOnAttempts {
  const parsed = attemptsSchema.safeParse(needs.ledger.setting(attemptsKey(staffId)));
  return parsed.success ? parsed.data : noAttempts;
}

function keepAttempts(needs: RegisterNeeds, staffId: string, attempts: SignOnAttempts): void {
  needs.ledger.write((changes) => changes.putSetting(attemptsKey(staffId), attempts));
}
