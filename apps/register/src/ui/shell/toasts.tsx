import { useAnnounce } from '@evertill/ui';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import { toastStaysMs, withoutPassing, withoutToast, withToast, type Toast, type ToastTone } from './toast-list.ts';
import styles from './toasts.module.css';

/** `passing`: an answer to what was just done, gone with the next thing done. */
type Tell = (tone: ToastTone, sentence: string, passing?: 'passing') => void;
type Telling = { tell: Tell; doneSomething: () => void };
const TellingContext = createContext<Telling>({ tell: () => undefined, doneSomething: () => undefined });

type Shown = { toasts: readonly Toast[]; dismiss: (toastId: number) => void };
const ShownContext = createContext<Shown>({ toasts: [], dismiss: () => undefined });

const icons: Record<ToastTone, ReactNode> = {
  info: <IconInfoCircle size={22} stroke={1.8} />,
  success: <IconCircleCheck size={22} stroke={1.8} />,
  warning: <IconAlertTriangle size={22} stroke={1.8} />,
  error: <IconAlertTriangle size={22} stroke={1.8} />,
};

/** Lets everything inside say a sentence once: shown by {@link ToastStack} for some seconds and announced to screen readers. */
export function Toasts(props: { children: ReactNode }): ReactNode {
  const announce = useAnnounce();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const nextId = useRef(1);
  const tell = useCallback<Tell>(
    (tone, sentence, passing) => {
      const toastId = nextId.current;
      nextId.current += 1;
      setToasts((now) => withToast(now, { toastId, tone, sentence, passing: passing === 'passing' }));
      announce(sentence);
    },
    [announce],
  );
  const doneSomething = useCallback(() => setToasts(withoutPassing), []);
  const telling = useMemo(() => ({ tell, doneSomething }), [tell, doneSomething]);
  const dismiss = useCallback((toastId: number) => setToasts((now) => withoutToast(now, toastId)), []);
  const shown = useMemo(() => ({ toasts, dismiss }), [toasts, dismiss]);
  return (
    <TellingContext.Provider value={telling}>
      <ShownContext.Provider value={shown}>{props.children}</ShownContext.Provider>
    </TellingContext.Provider>
  );
}

/** Lies over the head of the transaction: never over its newest lines, the total or Pay. It never takes the focus. */
export function ToastStack(): ReactNode {
  const words = useWords();
  const { toasts, dismiss } = useContext(ShownContext);
  return (
    <section className={styles.stack} aria-label={words.shell.notices}>
      {toasts.map((toast) => (
        <ToastCard key={toast.toastId} toast={toast} onDone={dismiss} />
      ))}
    </section>
  );
}

function ToastCard(props: { toast: Toast; onDone: (toastId: number) => void }): ReactNode {
  const { toast, onDone } = props;
  const words = useWords();
  useEffect(() => {
    const timer = setTimeout(() => onDone(toast.toastId), toastStaysMs(toast.tone));
    return () => clearTimeout(timer);
  }, [toast, onDone]);
  return (
    <div className={styles.toast} data-tone={toast.tone}>
      <span className={styles.icon} aria-hidden="true">
        {icons[toast.tone]}
      </span>
      <p className={styles.sentence}>{toast.sentence}</p>
      <button
        type="button"
        className={styles.dismiss}
        aria-label={words.shell.dismiss}
        onClick={() => onDone(toast.toastId)}
      >
        <IconX size={18} aria-hidden />
      </button>
    </div>
  );
}

export function useTell(): Tell {
  return useContext(TellingContext).tell;
}

/** Says that something was done: what was told about the thing before is stale. */
export function useDoneSomething(): () => void {
  return useContext(TellingContext).doneSomething;
}
