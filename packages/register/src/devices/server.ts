import type { AnswerOf } from '../commands.ts';
import type { RegisterNeeds } from '../needs.ts';
import { done, type Outcome } from '../refusal.ts';
import { holdSuspended } from '../sell/open-transaction.ts';
import type { Workplace } from '../shell/workplace.ts';
import type { ChangesView, ServerView } from '../views.ts';

/** What may have changed of the unified view. */
export type UnifiedChange = keyof ChangesView | 'suspended' | 'server';

export function serverView({ unified }: Pick<RegisterNeeds, 'unified'>): ServerView {
  return unified?.server() ?? { state: 'none' };
}

/** Tells the screens that something came from elsewhere; a server that says what it said before is no news. */
export function unifiedChanged(workplace: Workplace, change: UnifiedChange): void {
  const { board, memory, needs } = workplace;
  if (change === 'suspended') return holdSuspended(workplace, memory.suspended);
  if (change === 'server') {
    const view = serverView(needs);
    if (JSON.stringify(view) !== JSON.stringify(board.get('server'))) board.show('server', view);
    return;
  }
  const changes = board.get('changes');
  board.show('changes', { ...changes, [change]: changes[change] + 1 });
}

export function askServerAgain({ needs }: Workplace): Outcome<AnswerOf<'askServerAgain'>> {
  needs.unified?.askAgain();
  return done(null);
}
