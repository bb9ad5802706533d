import type { TransactionView } from '@evertill/register';
import { useEffect, type ReactNode } from 'react';
import type { Dialog } from '../shell/task.ts';
import { useTask } from '../shell/task-context.tsx';
import { useTell } from '../shell/toasts.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useWords } from '../words/words-context.tsx';
import { QuantityDialog } from './quantity-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { SuspendDialog } from './suspend-dialog.tsx';

/** The dialogs over the sale; one at a time. A dialog about a line that is gone closes by itself. */
export function SellDialogs(props: {
  dialog: Dialog;
  transaction: TransactionView;
  maxQuantity: number;
  onQuantity: (lineId: string, quantity: number) => void;
}): ReactNode {
  const { dialog, transaction } = props;
  const { transactionId, revision } = transaction;
  const words = useWords();
  const tell = useTell();
  const { dispatch } = useTask();
  const { run, busy } = useCommand();
  const close = (): void => dispatch({ kind: 'close-dialog' });
  const lineId = 'lineId' in dialog ? dialog.lineId : null;
  const line = transaction.lines.find((each) => each.lineId === lineId);
  const lineIsGone = lineId !== null && !line;
  useEffect(() => {
    if (lineIsGone) dispatch({ kind: 'close-dialog' });
  }, [lineIsGone, dispatch]);

  if (dialog.kind === 'quantity' && line) {
    return (
      <QuantityDialog
        line={line}
        max={props.maxQuantity}
        onClose={close}
        onSet={(quantity) => {
          props.onQuantity(line.lineId, quantity);
          close();
        }}
      />
    );
  }
  if (dialog.kind === 'void-line' && line) {
    const voidLine = async (reason: string): Promise<void> => {
      if ((await run('voidLine', { transactionId, revision, lineId: line.lineId, reason })) === null) close();
    };
    return (
      <ReasonDialog
        title={words.sell.voidLineOf(line.name)}
        reasons={words.sell.lineReasons}
        busy={busy}
        onClose={close}
        onReason={(reason) => void voidLine(reason)}
      />
    );
  }
  if (dialog.kind === 'void-sale') {
    const voidSale = async (reason: string): Promise<void> => {
      if ((await run('voidTransaction', { transactionId, reason })) === null) close();
    };
    return (
      <ReasonDialog
        title={words.sell.voidSaleTitle}
        reasons={words.sell.saleReasons}
        busy={busy}
        onClose={close}
        onReason={(reason) => void voidSale(reason)}
      />
    );
  }
  if (dialog.kind === 'suspend') {
    const suspend = async (name: string): Promise<void> => {
      if ((await run('suspend', { transactionId, name })) !== null) return;
      close();
      tell('success', words.sell.parked(name));
    };
    return (
      <SuspendDialog
        proposal={transaction.resumedName ?? ''}
        busy={busy}
        onClose={close}
        onSuspend={(name) => void suspend(name)}
      />
    );
  }
  return null;
}
