import type { NoticeView } from '@evertill/register';

/** More would cover the sale. */
export const TOASTS_MAX = 2;

export type ToastTone = NoticeView['tone'];
export type Toast = {
  readonly toastId: number;
  readonly tone: ToastTone;
  readonly sentence: string;
  /** It answers the last thing somebody did: the next thing done makes it stale. */
  readonly passing: boolean;
};

/** How long a toast stays: as long as it takes to read twice, longer when something has to be done. */
export const toastStaysMs = (tone: ToastTone): number => (tone === 'error' || tone === 'warning' ? 10_000 : 4_000);

export const withoutPassing = (toasts: readonly Toast[]): readonly Toast[] =>
  toasts.some((toast) => toast.passing) ? toasts.filter((toast) => !toast.passing) : toasts;

/** The newest at the end. A sentence that is still there is not said twice: it only stays longer. */
export function withToast(toasts: readonly Toast[], toast: Toast): readonly Toast[] {
  return [...toasts.filter((other) => other.sentence !== toast.sentence), toast].slice(-TOASTS_MAX);
}

export const withoutToast = (toasts: readonly Toast[], toastId: number): readonly Toast[] =>
  toasts.filter((toast) => toast.toastId !== toastId);
