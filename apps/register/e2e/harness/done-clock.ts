/**
 * Run in the page before the Enter that takes cash: the clock of the page notes that Enter, and the first sight of a receipt's number. Nothing in
 * between is ours.
 */
export const WATCH_FOR_DONE = `(() => {
  const epochMs = (at) => performance.timeOrigin + at;
  globalThis.enterAtMs = undefined;
  globalThis.doneAtMs = undefined;
  const noteEnter = (event) => {
    if (event.key === 'Enter') globalThis.enterAtMs ??= epochMs(event.timeStamp);
  };
  addEventListener('keydown', noteEnter, { capture: true });
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[data-testid="receipt-label"]')) return;
    globalThis.doneAtMs ??= epochMs(performance.now());
    observer.disconnect();
    removeEventListener('keydown', noteEnter, { capture: true });
  });
  observer.observe(document.body, { subtree: true, childList: true });
})()`;

/** Milliseconds between the two, once both were seen. */
export const ENTER_TO_DONE_MS = `(globalThis.doneAtMs ?? NaN) - (globalThis.enterAtMs ?? NaN)`;
