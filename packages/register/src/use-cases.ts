import { isPermitted, type Permission } from '@evertill/retail';
import { searchItems } from './catalog/find-item.ts';
import type { AnswerOf, CommandName, ParamsOf } from './commands.ts';
import { lastZ, readX } from './day/reports.ts';
import { closeTill, countTill, openTill } from './day/till.ts';
import { askServerAgain } from './devices/server.ts';
import { findOrders } from './orders/find-orders.ts';
import { stockOf } from './orders/stock-of.ts';
import { refused, type Outcome } from './refusal.ts';
import { addByCode, addItem, changeQuantity, voidLine } from './sell/lines.ts';
import { suspend, voidTransaction } from './sell/put-aside.ts';
import { resume } from './sell/resume.ts';
import { reprintLast, resolvePrintJob } from './sell/reprint.ts';
import { backToDraft, removeTender, tenderCash } from './sell/tender.ts';
import type { Workplace } from './shell/workplace.ts';
import { signOff, signOn } from './staff/sign-on.ts';

type UseCase<N extends CommandName> = {
  /** Who may: anyone, whoever is signed on, or who has a permission (SPEC S1). */
  who: 'anyone' | 'signed-on' | Permission;
  till: 'open' | 'closed' | 'any';
  /** Reads only and needs no turn. */
  aside?: true;
  run(workplace: Workplace, params: ParamsOf<N>): Outcome<AnswerOf<N>> | Promise<Outcome<AnswerOf<N>>>;
};

/** Every command: who may give it, when, and what does it. */
export const useCases: { readonly [N in CommandName]: UseCase<N> } = {
  signOn: { who: 'anyone', till: 'any', run: signOn },
  signOff: { who: 'anyone', till: 'any', run: signOff },
  openTill: { who: 'open-till', till: 'closed', run: openTill },
  searchItems: { who: 'signed-on', till: 'any', aside: true, run: searchItems },
  addByCode: { who: 'sell', till: 'open', run: addByCode },
  addItem: { who: 'sell', till: 'open', run: addItem },
  changeQuantity: { who: 'sell', till: 'open', run: changeQuantity },
  voidLine: { who: 'sell', till: 'open', run: voidLine },
  voidTransaction: { who: 'void-transaction', till: 'open', run: voidTransaction },
  suspend: { who: 'sell', till: 'open', run: suspend },
  resume: { who: 'sell', till: 'open', run: resume },
  tenderCash: { who: 'sell', till: 'open', run: tenderCash },
  removeTender: { who: 'sell', till: 'open', run: removeTender },
  backToDraft: { who: 'sell', till: 'open', run: backToDraft },
  reprintLast: { who: 'reprint', till: 'any', run: reprintLast },
  resolvePrintJob: { who: 'reprint', till: 'any', run: resolvePrintJob },
  readX: { who: 'read-x', till: 'open', run: readX },
  countTill: { who: 'close-till', till: 'open', run: countTill },
  closeTill: { who: 'close-till', till: 'open', run: closeTill },
  findOrders: { who: 'signed-on', till: 'any', aside: true, run: findOrders },
  stockOf: { who: 'signed-on', till: 'any', aside: true, run: stockOf },
  askServerAgain: { who: 'signed-on', till: 'any', aside: true, run: askServerAgain },
  lastZ: { who: 'read-x', till: 'any', run: lastZ },
};

/** Why a command may not be given now, or `null`. */
export function forbidden({ memory }: Workplace, { who, till }: Pick<UseCase<CommandName>, 'who' | 'till'>) {
  if (who !== 'anyone') {
    if (!memory.signedOn) return refused('not-signed-on');
    const permitted = who === 'signed-on' || isPermitted(memory.settings.permissions, memory.signedOn.role, who);
    if (!permitted) return refused('not-permitted', who);
  }
  if (till === 'open' && !memory.till) return refused('till-closed');
  if (till === 'closed' && memory.till) return refused('till-open');
  return null;
}
