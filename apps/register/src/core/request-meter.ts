/** A token bucket: up to `perSecond` requests at once, refilled evenly. Time is given, so that a test can spend an hour in a line. */
export class RequestMeter {
  #tokens: number;
  #refilledAtMs: number;
  readonly #perSecond: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#refilledAtMs = nowMs;
  }

  /** True when one more request may be served now. */
  take(nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.#refilledAtMs);
    this.#tokens = Math.min(this.#perSecond, this.#tokens + (elapsedMs * this.#perSecond) / 1000);
    this.#refilledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
