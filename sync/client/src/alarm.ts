/** Wakes whoever sleeps on `signal`. Take the signal first, then look what there is to do: a ring in between is not missed. */
export class Alarm {
  #ringing = new AbortController();

  get signal(): AbortSignal {
    return this.#ringing.signal;
  }

  ring(): void {
    const rung = this.#ringing;
    this.#ringing = new AbortController();
    rung.abort();
  }
}
