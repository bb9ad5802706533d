/**
 * Anything over two seconds shows that it is alive: a line that updates on a terminal, a line every few seconds elsewhere.
 * Everything goes to stderr, so that a command's stdout stays its result.
 *
 * @typedef {{ isTTY?: boolean, write(text: string): unknown }} Screen
 * @typedef {{ screen?: Screen, quietMs?: number, lineEveryMs?: number, nowMs?: () => number }} ProgressOptions
 */

const QUIET_MS = 2_000;
const LINE_EVERY_MS = 5_000;
const REDRAW_MS = 250;
const WIDEST_LINE = 110;

/** @param {string} sentence says one thing to whoever started the command */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/**
 * Runs `work` and shows `label` with the elapsed seconds once it has taken longer than `quietMs`.
 *
 * @template T
 * @param {string} label what is being done, for example `Installing packages`
 * @param {(update: (detail: string) => void) => Promise<T>} work calls `update` with how far it is, as often as it likes
 * @param {ProgressOptions} [options]
 * @returns {Promise<T>} what `work` returns; its error is passed on
 */
export async function withProgress(label, work, options = {}) {
  const screen = options.screen ?? process.stderr;
  const quietMs = options.quietMs ?? QUIET_MS;
  const nowMs = options.nowMs ?? Date.now;
  const everyMs = screen.isTTY ? REDRAW_MS : (options.lineEveryMs ?? LINE_EVERY_MS);
  const startedMs = nowMs();
  let detail = '';
  let shown = false;

  const show = () => {
    const seconds = Math.round((nowMs() - startedMs) / 1000);
    const text = `${label} … ${seconds} s${detail ? `, ${detail}` : ''}`.slice(0, WIDEST_LINE);
    screen.write(screen.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
    shown = true;
  };
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking;
  const waiting = setTimeout(() => {
    show();
    ticking = setInterval(show, everyMs);
  }, quietMs);

  try {
    const result = await work((text) => {
      detail = text;
    });
    finish('done');
    return result;
  } catch (error) {
    finish('failed');
    throw error;
  }

  /** @param {string} ending */
  function finish(ending) {
    clearTimeout(waiting);
    clearInterval(ticking);
    if (!shown) return;
    const text = `${label}: ${ending} in ${((nowMs() - startedMs) / 1000).toFixed(1)} s`;
    screen.write(screen.isTTY ? `\r\u001b[2K${text}\n` : `${text}\n`);
  }
}
