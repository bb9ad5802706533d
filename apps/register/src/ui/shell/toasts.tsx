import { useAnnounce } from '@evertill/ui';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import { toastStaysMs, withoutToast, withToast, type Toast, type ToastTone } from './toast-list.ts';
import styles from './toasts.module.css';

type Tell = (tone: ToastTone, sentence: string) => void;
const TellContext = createContext<Tell>(() => undefined);

const icons: Record<ToastTone, ReactNode> = {
  info: <IconInfoCircle size={22} stroke={1.8} />,
  success: <IconCircleCheck size={22} stroke={1.8} />,
  warning: <IconAlertTriangle size={22} stroke={1.8} />,
  error: <IconAlertTriangle size={22} stroke={1.8} />,
};

/** Says a sentence once: shown for some seconds and announced to screen readers. It never takes the focus. */
export function Toasts(props: { children: ReactNode }): ReactNode {
  const words = useWords();
  const announce = useAnnounce();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const nextId = useRef(1);
  const tell = useCallback<Tell>(
    (tone, sentence) => {
      const toastId = nextId.current;
      nextId.current += 1;
      setToasts((now) => withToast(now, { toastId, tone, sentence }));
      announce(sentence);
    },
    [announce],
  );
  const dismiss = useCallback((toastId: number) => setToasts((now) => withoutToast(now, toastId)), []);
  return (
    <TellContext.Provider value={tell}>
      {props.children}
      <section className={styles.stack} aria-label={words.shell.notices}>
        {toasts.map((toast) => (
          <ToastCard key={toast.toastId} toast={toast} onDone={dismiss} />
        ))}
      </section>
    </TellContext.Provider>
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
  return useContext(TellContext);
}
