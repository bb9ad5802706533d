import type { SaleItem } from '@evertill/retail';
import { findByCode, findById } from '../catalog/find-item.ts';
import type { AnswerOf, ParamsOf } from '../commands.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import type { Cause } from '../shell/snapshot-board.ts';
import type { Workplace } from '../shell/workplace.ts';
import { changeDraft } from './open-transaction.ts';

export async function addByCode(
  workplace: Workplace,
  { code }: ParamsOf<'addByCode'>,
): Promise<Outcome<AnswerOf<'addByCode'>>> {
  const found = await findByCode(workplace, code);
  return found.kind === 'item' ? addFound(workplace, found.item) : refused('unknown-item', found.kind);
}

export async function addItem(
  workplace: Workplace,
  { itemId }: ParamsOf<'addItem'>,
): Promise<Outcome<AnswerOf<'addItem'>>> {
  const item = await findById(workplace, itemId);
  return item ? addFound(workplace, item) : refused('unknown-item');
}

/** Adds one piece; answers the line it went to. */
export function addFound(
  workplace: Workplace,
  item: SaleItem,
  cause: Cause | null = null,
): Outcome<{ lineId: string }> {
  const { ids } = workplace.needs;
  const command = { kind: 'addLine', newTransactionId: ids.next(), lineId: ids.next(), item } as const;
  const outcome = changeDraft(workplace, command, cause);
  return outcome.ok ? done({ lineId: outcome.value.touchedLineId ?? command.lineId }) : outcome;
}

export function changeQuantity(workplace: Workplace, params: ParamsOf<'changeQuantity'>): Outcome<null> {
  const outcome = changeDraft(workplace, { kind: 'changeQuantity', ...params });
  return outcome.ok ? done(null) : outcome;
}

export function voidLine(workplace: Workplace, params: ParamsOf<'voidLine'>): Outcome<null> {
  const outcome = changeDraft(workplace, { kind: 'voidLine', ...params });
  return outcome.ok ? done(null) : outcome;
}
