import type { DriverClock, Link } from '@evertill/driver-contract';
import { answerReader, type PrinterAnswer } from '../answers/answer-reader.ts';
import type { StatusBytes } from '../answers/printer-status.ts';
import { cutCountRequest, processIdRequest, STATUS_REQUESTS, statusRequest } from '../encoder/commands.ts';

/** `null`: no answer in time, or the link went away. */
type Answer<T> = Promise<T | null>;

/** What one answer is to a question: all of it, part of it, or somebody else's. */
type Hear<T> = (answer: PrinterAnswer) => { value: T } | 'more' | 'not mine';

type Waiter = { take(answer: PrinterAnswer): boolean; giveUp(): void };

/**
 * Questions to a printer and their answers. An answer without a question is passed over; questions die with the link, because
 * what is asked on one line is not answered on the next.
 */
export class Conversation {
  readonly #link: Link;
  readonly #clock: DriverClock;
  readonly #reader = answerReader();
  readonly #waiters = new Set<Waiter>();
  readonly #stops: (() => void)[];

  constructor(link: Link, clock: DriverClock) {
    this.#link = link;
    this.#clock = clock;
    this.#stops = [
      link.onBytes((bytes) => {
        for (const answer of this.#reader.read(bytes)) this.#hear(answer);
      }),
      link.onState(() => this.#giveUpAll()),
    ];
  }

  /** The four real-time states. */
  async status(deadlineMs: number): Answer<StatusBytes> {
    const bytes: number[] = [];
    return this.#ask(statusRequest(), deadlineMs, (answer) => {
      if (answer.kind !== 'status') return 'not mine';
      bytes.push(answer.byte);
      const [one, two, three, four] = bytes;
      if (bytes.length < STATUS_REQUESTS.length) return 'more';
      return { value: [one ?? 0, two ?? 0, three ?? 0, four ?? 0] as const };
    });
  }

  async cutCount(deadlineMs: number): Answer<number> {
    return this.#ask(cutCountRequest(), deadlineMs, (answer) =>
      answer.kind === 'cut-count' ? { value: answer.cuts } : 'not mine',
    );
  }

  /** Resolves when everything that was sent before is on paper: no deadline, the caller stops listening when it has enough. */
  printed(processId: string, writeDeadlineMs: number): { answer: Answer<true>; stop(): void } {
    let stop = () => {};
    const answer = new Promise<true | null>((resolve) => {
      stop = this.#listen<true>(resolve, (heard) =>
        heard.kind === 'process-id' && heard.processId === processId ? { value: true } : 'not mine',
      );
      this.#link.write(processIdRequest(processId), { deadlineMs: writeDeadlineMs }).catch(stop);
    });
    return { answer, stop };
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#giveUpAll();
  }

  #ask<T>(question: Uint8Array, deadlineMs: number, hear: Hear<T>): Answer<T> {
    return new Promise((resolve) => {
      let cancel = () => {};
      const stop = this.#listen<T>((value) => {
        cancel();
        resolve(value);
      }, hear);
      cancel = this.#clock.after(deadlineMs, stop);
      this.#link.write(question, { deadlineMs }).catch(stop);
    });
  }

  /** Hears answers until one is complete; the result stops it, with `null`. */
  #listen<T>(end: (value: T | null) => void, hear: Hear<T>): () => void {
    const stopWith = (value: T | null) => {
      if (this.#waiters.delete(waiter)) end(value);
    };
    const waiter: Waiter = {
      take(answer) {
        const heard = hear(answer);
        if (typeof heard === 'object') stopWith(heard.value);
        return heard !== 'not mine';
      },
      giveUp: () => stopWith(null),
    };
    this.#waiters.add(waiter);
    return waiter.giveUp;
  }

  #hear(answer: PrinterAnswer): void {
    for (const waiter of this.#waiters) if (waiter.take(answer)) return;
  }

  #giveUpAll(): void {
    this.#reader.reset();
    for (const waiter of this.#waiters) waiter.giveUp();
  }
}
