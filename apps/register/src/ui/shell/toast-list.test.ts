import { expect, it } from 'vitest';
import { TOASTS_MAX, withoutPassing, withoutToast, withToast, type Toast } from './toast-list.ts';

const toast = (toastId: number, sentence = `sentence ${toastId}`): Toast => ({
  toastId,
  tone: 'info',
  sentence,
  passing: toastId > 10,
});

it('shows the newest and never more than fit beside the sale', () => {
  const all = [1, 2, 3, 4, 5].reduce<readonly Toast[]>((list, id) => withToast(list, toast(id)), []);
  expect(all.map((each) => each.toastId)).toEqual([4, 5]);
  expect(all).toHaveLength(TOASTS_MAX);
});

it('does not pile up the same sentence', () => {
  expect(withToast([toast(1, 'No paper'), toast(2)], toast(3, 'No paper')).map((each) => each.toastId)).toEqual([2, 3]);
});

it('goes away by its number', () => {
  expect(withoutToast([toast(1), toast(2)], 1).map((each) => each.toastId)).toEqual([2]);
});

it('what answered the last thing done goes with the next one', () => {
  expect(withoutPassing([toast(1), toast(11), toast(2)]).map((each) => each.toastId)).toEqual([1, 2]);
  const none = [toast(1)];
  expect(withoutPassing(none)).toBe(none);
});
