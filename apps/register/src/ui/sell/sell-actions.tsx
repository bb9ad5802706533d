import type { PermissionName, SessionView } from '@evertill/register';
import { KeyHint } from '@evertill/ui';
import {
  IconBasketPause,
  IconBasketX,
  IconHash,
  IconListDetails,
  IconListSearch,
  IconPackages,
  IconReceipt,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSnapshot } from '../connection/connection-context.tsx';
import { actionKeyLabel, ariaKeys, type KeyAction } from '../keys/key-map.ts';
import type { KeyHandlers } from '../keys/key-router.ts';
import { useTask } from '../shell/task-context.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './sell-actions.module.css';

type Tile = { action: KeyAction; label: string; icon: typeof IconHash; needs?: PermissionName };

/** What else can be done with the sale; each tile shows the key that does the same. */
export function SellActions(props: { keys: KeyHandlers; session: SessionView }): ReactNode {
  const words = useWords();
  const { dispatch } = useTask();
  const parked = useSnapshot('suspended')?.length ?? 0;
  const may = props.session.signedOn?.may ?? [];
  const tiles: Tile[] = [
    { action: 'quantity', label: words.sell.quantity, icon: IconHash },
    { action: 'void-line', label: words.sell.voidLine, icon: IconTrash },
    { action: 'suspend', label: words.sell.suspend, icon: IconBasketPause },
    { action: 'suspended', label: words.sell.suspended, icon: IconListDetails },
    { action: 'orders', label: words.orders.title, icon: IconListSearch },
    { action: 'stock', label: words.stock.title, icon: IconPackages },
    { action: 'void-sale', label: words.sell.voidSale, icon: IconBasketX, needs: 'void-transaction' },
    { action: 'reprint', label: words.sell.reprint, icon: IconReceipt, needs: 'reprint' },
  ];
  const handlers: KeyHandlers = {
    stock: () => dispatch({ kind: 'go', task: 'stock' }),
    ...props.keys,
    suspended: () => dispatch({ kind: 'go', task: 'suspended' }),
    orders: () => dispatch({ kind: 'go', task: 'orders' }),
  };
  return (
    <div className={styles.tiles}>
      {tiles.map(({ action, label, icon: Icon, needs }) => (
        <button
          key={action}
          type="button"
          className={styles.tile}
          aria-keyshortcuts={ariaKeys(action)}
          disabled={!handlers[action] || (needs !== undefined && !may.includes(needs))}
          onClick={handlers[action]}
        >
          <Icon size={24} stroke={1.6} aria-hidden />
          <span className={styles.label}>
            {label}
            {action === 'suspended' && parked > 0 && <span className={styles.badge}>{parked}</span>}
          </span>
          <KeyHint label={actionKeyLabel(action)} />
        </button>
      ))}
    </div>
  );
}
