import type { SessionView, TransactionView } from '@evertill/register';
import { Keypad, StateMark, useAmountFormat, type KeypadKey } from '@evertill/ui';
import { IconBasketPause, IconLock } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useCore } from '../connection/connection-context.tsx';
import { useKeys } from '../keys/key-context.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { useWords } from '../words/words-context.tsx';
import type { PageRefusalCode } from '../words/page-refusal.ts';
import styles from './sign-on-screen.module.css';
import { StaffTiles } from './staff-tiles.tsx';
import { useSecondsLeft } from './use-seconds-left.ts';

const PIN_LENGTH_MAX = 12;

/** Name, PIN, Enter. The PIN field keeps the focus; arrows in it go through the names. */
export function SignOnScreen(props: { session: SessionView; transaction: TransactionView | null }): ReactNode {
  const { staff } = props.session;
  const words = useWords();
  const core = useCore();
  const input = useRef<HTMLInputElement>(null);
  const [staffId, setStaffId] = useState(staff[0]?.staffId ?? '');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<PageRefusalCode | null>(null);
  const person = staff.find((each) => each.staffId === staffId);
  const secondsLocked = useSecondsLeft(person?.lockedUntil ?? null);
  const locked = secondsLocked > 0;

  const choose = (next: string): void => {
    setStaffId(next);
    setPin('');
    setRefusal(null);
    input.current?.focus();
  };
  const type = (next: string): void => {
    setRefusal(null);
    setPin(next.replace(/\D/g, '').slice(0, PIN_LENGTH_MAX));
  };
  const signOn = async (): Promise<void> => {
    if (busy || locked || pin === '' || !person) return;
    setBusy(true);
    const outcome = await core.send('signOn', { staffId, pin });
    setBusy(false);
    setPin('');
    if (!outcome.ok) setRefusal(outcome.error.code);
    input.current?.focus();
  };
  const onArrows = (event: KeyboardEvent): void => {
    const step =
      event.key === 'ArrowDown' || event.key === 'ArrowRight'
        ? 1
        : event.key === 'ArrowUp' || event.key === 'ArrowLeft'
          ? -1
          : 0;
    if (step === 0 || staff.length === 0) return;
    event.preventDefault();
    const index = staff.findIndex((each) => each.staffId === staffId) + step;
    const next = staff[(index + staff.length) % staff.length];
    if (next) choose(next.staffId);
  };
  useKeys('screen', { typing: () => input.current?.focus() });
  const onPad = (key: KeypadKey): void => type(key === 'clear' ? '' : key === 'erase' ? pin.slice(0, -1) : pin + key);
  const sentence = locked ? words.signOn.lockedFor(secondsLocked) : refusal ? words.refusals[refusal] : null;

  return (
    <main className={styles.screen}>
      <section className={styles.people}>
        <h1 className={styles.title}>{words.signOn.title}</h1>
        <p className={styles.hint}>{words.signOn.hint}</p>
        {props.transaction && <WaitingTransaction transaction={props.transaction} />}
        <StaffTiles staff={staff} chosenId={staffId} onChoose={choose} />
      </section>
      <form
        className={styles.entry}
        onSubmit={(event) => {
          event.preventDefault();
          void signOn();
        }}
      >
        <label className={styles.pinField}>
          <span className={styles.pinLabel}>{words.signOn.pin}</span>
          <input
            ref={input}
            className={styles.pin}
            type="password"
            inputMode="none"
            autoComplete="off"
            autoFocus
            aria-describedby="pin-state"
            aria-invalid={sentence !== null}
            value={pin}
            onKeyDown={onArrows}
            onChange={(event) => type(event.currentTarget.value)}
          />
        </label>
        <p id="pin-state" className={styles.state} role={locked ? undefined : 'alert'}>
          {sentence && (
            <StateMark tone="danger" icon={<IconLock size={18} stroke={1.8} />}>
              {sentence}
            </StateMark>
          )}
        </p>
        <Keypad label={words.common.numberPad} words={words.common} lastRow="clear" disabled={locked} onKey={onPad} />
        <ActionButton submit kind="primary" size="pay" action="confirm" wide disabled={locked || busy || pin === ''}>
          {words.signOn.signOn}
        </ActionButton>
      </form>
    </main>
  );
}

function WaitingTransaction(props: { transaction: TransactionView }): ReactNode {
  const words = useWords();
  const amounts = useAmountFormat();
  const { itemCount, totalMinor } = props.transaction;
  return (
    <p className={styles.waiting}>
      <IconBasketPause size={22} stroke={1.7} aria-hidden />
      {words.signOn.transactionWaits(words.common.items(itemCount), amounts.withCurrency(totalMinor))}
    </p>
  );
}
