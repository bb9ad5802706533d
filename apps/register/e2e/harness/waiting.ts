/** Milliseconds since the epoch with fractions: the clock of this process and that of a page on the same machine are comparable. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

export const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));

const LOOK_EVERY_MS = 15;

/**
 * Waits until something observed from outside is there, and answers with it.
 *
 * @throws Error that says what was waited for and what was seen last.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  deadlineMs: number,
  describe: () => string = () => '',
): Promise<NonNullable<T>> {
  const endMs = nowMs() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (nowMs() > endMs) throw new Error(`${what}: not there after ${deadlineMs} ms ${describe()}`.trim());
    await pause(LOOK_EVERY_MS);
  }
}
