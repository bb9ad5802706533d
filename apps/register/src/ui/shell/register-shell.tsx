import type { Snapshots } from '@evertill/register';
import { AmountProvider } from '@evertill/ui';
import type { ReactNode } from 'react';
import { useConnection, useSnapshot } from '../connection/connection-context.tsx';
import { DayScreen } from '../day/day-screen.tsx';
import { ZScreen } from '../day/z-screen.tsx';
import { DevicesScreen } from '../devices/devices-screen.tsx';
import { FormatsProvider } from '../formats/formats-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import type { KeyHandlers } from '../keys/key-router.ts';
import { OrdersScreen } from '../orders/orders-screen.tsx';
import { StockScreen } from '../stock/stock-screen.tsx';
import { SellScreen } from '../sell/sell-screen.tsx';
import { useLineAnnouncements } from '../sell/use-line-announcements.ts';
import { SignOnScreen } from '../sign-on/sign-on-screen.tsx';
import { SuspendedScreen } from '../suspended/suspended-screen.tsx';
import { DoneScreen } from '../tender/done-screen.tsx';
import { TenderScreen } from '../tender/tender-screen.tsx';
import { CloseTillScreen } from '../till/close-till-screen.tsx';
import { OpenTillScreen } from '../till/open-till-screen.tsx';
import { ConnectionCover } from './connection-cover.tsx';
import { KeySheet } from './key-sheet.tsx';
import styles from './register-shell.module.css';
import { RuntimeStrip } from './runtime-strip.tsx';
import { StartScreen } from './start-screen.tsx';
import { screenOf, type Screen, type TaskState } from './task.ts';
import { useTask } from './task-context.tsx';
import { ToastStack } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { useFocusReturns } from './use-focus-returns.ts';
import { useNotices } from './use-notices.ts';

/** What decides which screen is shown; every screen and mark takes whatever else it needs by itself. */
type Deciding = Pick<Snapshots, 'register' | 'session' | 'till' | 'transaction' | 'lastSale'>;

/** The register window: waits for the first snapshots, then shows the bar and the screen that they lead to. */
export function RegisterShell(props: { searchText?: string | undefined }): ReactNode {
  const snapshots = useDeciding();
  if (!snapshots) return <StartScreen />;
  const { register } = snapshots;
  return (
    <FormatsProvider locale={register.locale} timeZone={register.timeZone}>
      <AmountProvider locale={register.locale} currency={register.currency} digits={register.currencyDigits}>
        <Running snapshots={snapshots} searchText={props.searchText} />
      </AmountProvider>
    </FormatsProvider>
  );
}

function useDeciding(): Deciding | null {
  const register = useSnapshot('register');
  const session = useSnapshot('session');
  const till = useSnapshot('till');
  const transaction = useSnapshot('transaction');
  const lastSale = useSnapshot('lastSale');
  if (!register || !session || !till) return null;
  return { register, session, till, transaction: transaction ?? null, lastSale: lastSale ?? null };
}

function Running(props: { snapshots: Deciding; searchText: string | undefined }): ReactNode {
  const { snapshots } = props;
  const { state, dispatch } = useTask();
  const away = useConnection().state !== 'connected';
  const returns = useFocusReturns(away);
  const screen = screenOf(state, snapshots);
  useLineAnnouncements();
  useNotices(snapshots.transaction, snapshots.session);
  useKeys('shell', shellKeys(screen, dispatch));
  return (
    <>
      <div className={styles.shell} inert={away}>
        <header>
          <RuntimeStrip />
          <TopBar register={snapshots.register} session={snapshots.session} till={snapshots.till} />
        </header>
        <div className={styles.work}>
          <ToastStack />
          <CurrentScreen
            key={returns}
            screen={screen}
            state={state}
            snapshots={snapshots}
            searchText={props.searchText}
          />
        </div>
        {state.dialog?.kind === 'keys' && <KeySheet onClose={() => dispatch({ kind: 'close-dialog' })} />}
      </div>
      <ConnectionCover />
    </>
  );
}

/** Keys that lead from screen to screen; from paying there is only the way back. */
function shellKeys(screen: Screen, dispatch: ReturnType<typeof useTask>['dispatch']): KeyHandlers {
  const keys: KeyHandlers = { help: () => dispatch({ kind: 'open', dialog: { kind: 'keys' } }) };
  if (screen === 'sign-on' || screen === 'tender' || screen === 'z-report') return keys;
  keys.devices = () => dispatch({ kind: 'go', task: 'devices' });
  keys.orders = () => dispatch({ kind: 'go', task: 'orders' });
  keys.stock = () => dispatch({ kind: 'go', task: 'stock' });
  if (screen === 'open-till') return keys;
  keys.day = () => dispatch({ kind: 'go', task: 'day' });
  keys.suspended = () => dispatch({ kind: 'go', task: 'suspended' });
  return keys;
}

function CurrentScreen(props: {
  screen: Screen;
  state: TaskState;
  snapshots: Deciding;
  searchText: string | undefined;
}): ReactNode {
  const { screen, state, snapshots } = props;
  const { register, session, till, transaction, lastSale } = snapshots;
  switch (screen) {
    case 'sign-on':
      return <SignOnScreen session={session} transaction={transaction} />;
    case 'open-till':
      return till.state === 'closed' ? <OpenTillScreen register={register} session={session} till={till} /> : null;
    case 'sell':
      return (
        <SellScreen register={register} session={session} transaction={transaction} searchText={props.searchText} />
      );
    case 'tender':
      return transaction && <TenderScreen register={register} transaction={transaction} />;
    case 'done':
      return lastSale && <DoneScreen sale={lastSale} />;
    case 'suspended':
      return <SuspendedScreen transaction={transaction} />;
    case 'orders':
      return <OrdersScreen key={state.orderText} initialText={state.orderText} />;
    case 'stock':
      return <StockScreen initialItem={state.stockItem} initialText={props.searchText} />;
    case 'day':
      return <DayScreen session={session} />;
    case 'count-to-close':
      return <CloseTillScreen register={register} />;
    case 'z-report':
      return state.shownZ && <ZScreen report={state.shownZ} />;
    case 'devices':
      return <DevicesScreen register={register} />;
  }
}
