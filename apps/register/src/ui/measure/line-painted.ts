import type { CoreConnection } from '../connection/connection-context.tsx';

/** More marks than these tell nothing new; the oldest go in one sweep. */
const PAINT_MARKS_MAX = 1000;
const LINE_PAINTED = 'line-painted';

/** On the mark's `detail`; all of it in milliseconds since the epoch. The mark's own time is when the frame was painted. */
export type LinePainted = { receivedAtMs: number; snapshotAtMs: number; paintedAtMs: number };

/**
 * Marks the moment when a scanned line was on the screen: after the frame that shows it. A message posted from inside an
 * animation frame is handled when that frame has been painted.
 */
export function markPaintedLines(core: Pick<CoreConnection, 'onSnapshot'>): () => void {
  let marks = 0;
  const epochMs = (): number => performance.timeOrigin + performance.now();
  return core.onSnapshot((name, cause) => {
    if (name !== 'transaction' || cause?.kind !== 'scan') return;
    const { receivedAtMs } = cause;
    const snapshotAtMs = epochMs();
    afterPaint(() => {
      if (marks >= PAINT_MARKS_MAX) {
        performance.clearMarks(LINE_PAINTED);
        marks = 0;
      }
      marks += 1;
      const detail: LinePainted = { receivedAtMs, snapshotAtMs, paintedAtMs: epochMs() };
      performance.mark(LINE_PAINTED, { detail });
    });
  });
}

function afterPaint(run: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      run();
    };
    port2.postMessage(null);
  });
}
