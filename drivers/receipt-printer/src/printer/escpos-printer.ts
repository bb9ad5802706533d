import {
  PRINT_LIMITS,
  type CancelTimer,
  type CutCount,
  type DriverClock,
  type Link,
  type PrinterState,
  type PrintOutcome,
  type PrintRefusal,
  type PrintRequest,
  type ReceiptPrinter,
} from '@evertill/driver-contract';
import { stateOf } from '../answers/printer-status.ts';
import { initialise, PROCESS_ID_LENGTH } from '../encoder/commands.ts';
import { encodeDocument, type EncodedDocument } from '../encoder/encode-document.ts';
import type { PrinterProfile } from '../profile/printer-profile.ts';
import { chunks } from './chunks.ts';
import { Conversation } from './conversation.ts';
import { PRINTER_LIMITS, type PrinterLimits } from './printer-limits.ts';

/** More bytes than any command of ours takes as data: so many NULs end whatever an earlier process left half sent. */
const LONGEST_COMMAND_BYTES = PRINT_LIMITS.qrBytes + 64;

const PROCESS_IDS = 36 ** PROCESS_ID_LENGTH;

/** In these states a person has to act; the printer keeps what it has and goes on afterwards. */
const WAITS_FOR_PERSON: ReadonlySet<PrinterState> = new Set(['paper-out', 'cover-open', 'error', 'busy']);

type Options = { link: Link; profile: PrinterProfile; clock: DriverClock; limits?: Partial<PrinterLimits> };

/** A printer that speaks ESC/POS, behind a link. See `docs/002-print-once.md` for what its answers are used for. */
export function escPosPrinter(options: Options): ReceiptPrinter {
  return new EscPosPrinter(options);
}

class EscPosPrinter implements ReceiptPrinter {
  readonly #link: Link;
  readonly #profile: PrinterProfile;
  readonly #clock: DriverClock;
  readonly #limits: PrinterLimits;
  readonly #conversation: Conversation;
  readonly #listeners = new Set<(state: PrinterState) => void>();
  readonly #stopLink: () => void;
  /** What the device last said of itself; while a job prints, `busy` is shown instead of `ready`. */
  #deviceState: PrinterState;
  #shownState: PrinterState;
  #printing = false;
  #disposed = false;
  #polling: Promise<void> | null = null;
  #cancelPoll: CancelTimer = () => {};
  #heardAtMs: number;
  #jobCount: number;

  constructor({ link, profile, clock, limits }: Options) {
    this.#link = link;
    this.#profile = profile;
    this.#clock = clock;
    this.#limits = { ...PRINTER_LIMITS, ...limits };
    this.#conversation = new Conversation(link, clock);
    this.#heardAtMs = clock.nowMs();
    // Another process may have used the first numbers a moment ago.
    this.#jobCount = clock.nowMs() % PROCESS_IDS;
    this.#deviceState = this.#stateOfLink();
    this.#shownState = this.#deviceState;
    this.#stopLink = link.onState(() => this.#linkChanged());
    this.#linkChanged();
  }

  get state(): PrinterState {
    return this.#shownState;
  }

  onState(callback: (state: PrinterState) => void): () => void {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  }

  async cutCount(): Promise<CutCount> {
    if (!this.#profile.countsCuts) return { ok: true, cuts: null };
    const { counterPatienceMs, counterDeadlineMs, writeDeadlineMs } = this.#limits;
    const first = await this.#conversation.cutCount(counterPatienceMs);
    if (first !== null) return { ok: true, cuts: first };
    if (this.#link.state !== 'open') return { ok: false, error: { code: 'unknown' } };
    // It may still be printing, or take the question for the rest of a command that was cut off. NULs harm neither.
    try {
      await this.#link.write(new Uint8Array(LONGEST_COMMAND_BYTES), { deadlineMs: writeDeadlineMs });
      await this.#link.write(initialise(), { deadlineMs: writeDeadlineMs });
    } catch {
      // The link says by its state what happened; here it only means that there is no answer.
      return { ok: false, error: { code: 'unknown' } };
    }
    const second = await this.#conversation.cutCount(counterDeadlineMs);
    return second === null ? { ok: false, error: { code: 'unknown' } } : { ok: true, cuts: second };
  }

  async print(request: PrintRequest): Promise<PrintOutcome> {
    if (this.#printing || this.#disposed) return refusal('not-ready', 'the printer is taken');
    if (this.#deviceState !== 'ready' && this.#deviceState !== 'paper-low') {
      return refusal('not-ready', `the printer is ${this.#deviceState}`);
    }
    const encoding = encodeDocument(request.document, this.#profile, request);
    if (!encoding.ok) return refusal('document-invalid', encoding.error.at);
    this.#printing = true;
    this.#cancelPoll();
    this.#show();
    const refused = await this.#send(encoding.encoded);
    this.#printing = false;
    this.#show();
    this.#pollAfter(this.#limits.pollEveryMs);
    if (refused !== null) return { ok: false, error: refused };
    const confirmedBy = this.#profile.confirmsJobs ? 'printer' : 'none';
    return { ok: true, confirmedBy, unprintable: encoding.encoded.unprintable };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#cancelPoll();
    this.#stopLink();
    this.#conversation.dispose();
    await this.#polling;
  }

  /** Gives `null` when the job is out as far as the printer can tell. */
  async #send({ pieces }: EncodedDocument): Promise<PrintRefusal | null> {
    for (const chunk of chunks(pieces, this.#limits.chunkBytes)) {
      try {
        await this.#link.write(chunk, { deadlineMs: this.#limits.writeDeadlineMs });
      } catch (error) {
        return interrupted(error instanceof Error ? error.message : 'sending failed');
      }
      const silent = await this.#untilItTakesMore();
      if (silent !== null) return silent;
    }
    return this.#profile.confirmsJobs ? this.#untilPrinted() : null;
  }

  /** Looks at the state before the next chunk. While the paper is out nothing more is sent: what the printer has, it prints. */
  async #untilItTakesMore(): Promise<PrintRefusal | null> {
    if (!this.#profile.answersStatus) return null;
    for (;;) {
      const refused = await this.#lookAgain();
      if (refused !== null) return refused;
      if (!WAITS_FOR_PERSON.has(this.#deviceState)) return null;
      await this.#pause(this.#limits.busyPollEveryMs);
    }
  }

  /** Waits for the printer's word, for as long as a person has to act and `confirmDeadlineMs` of its own time. */
  async #untilPrinted(): Promise<PrintRefusal | null> {
    const { busyPollEveryMs, confirmDeadlineMs, writeDeadlineMs } = this.#limits;
    const { answer, stop } = this.#conversation.printed(this.#nextProcessId(), writeDeadlineMs);
    let ownTimeMs = 0;
    for (;;) {
      const heard = await Promise.race([answer, this.#pause(busyPollEveryMs)]);
      if (heard === true) return null;
      if (heard === null) return interrupted('the connection was lost before the printer confirmed');
      const refused = this.#profile.answersStatus ? await this.#lookAgain() : null;
      if (!WAITS_FOR_PERSON.has(this.#deviceState)) ownTimeMs += busyPollEveryMs;
      const tooLong = ownTimeMs > confirmDeadlineMs ? interrupted('the printer did not confirm the job') : null;
      if (refused === null && tooLong === null) continue;
      stop();
      // It may have answered while the state was asked for.
      return (await answer) === true ? null : (refused ?? tooLong);
    }
  }

  /**
   * One look at the state while a job is under way. It is asked once and not again: a request that found the printer switched
   * off is never answered, one that is sent a moment later would be, by a printer that has forgotten what it was sent before.
   */
  async #lookAgain(): Promise<PrintRefusal | null> {
    if (await this.#askStatus(this.#limits.silenceMs)) return null;
    if (this.#disposed) return interrupted('the driver was stopped');
    if (this.#link.state !== 'open') return interrupted('the connection was lost');
    this.#setDeviceState('not-answering');
    return interrupted('the printer stopped answering');
  }

  async #askStatus(deadlineMs: number): Promise<boolean> {
    const status = await this.#conversation.status(deadlineMs);
    if (status === null) return false;
    this.#heardAtMs = this.#clock.nowMs();
    this.#setDeviceState(stateOf(status));
    return true;
  }

  #linkChanged(): void {
    this.#heardAtMs = this.#clock.nowMs();
    this.#setDeviceState(this.#stateOfLink());
    this.#pollAfter(0);
  }

  #stateOfLink(): PrinterState {
    if (this.#link.state !== 'open') return 'offline';
    return this.#profile.answersStatus ? 'not-answering' : 'ready';
  }

  #pollAfter(delayMs: number): void {
    this.#cancelPoll();
    if (this.#disposed || !this.#profile.answersStatus || this.#link.state !== 'open') return;
    this.#cancelPoll = this.#clock.after(delayMs, () => {
      this.#polling = this.#poll();
    });
  }

  async #poll(): Promise<void> {
    if (this.#printing) return;
    const answered = await this.#askStatus(this.#limits.statusDeadlineMs);
    if (this.#disposed || this.#printing) return;
    if (!answered && this.#link.state === 'open') {
      this.#setDeviceState('not-answering');
      // A pulled network cable leaves the connection looking open for minutes: open it anew.
      if (this.#clock.nowMs() - this.#heardAtMs >= this.#limits.silenceMs)
        this.#link.reconnect('the printer is silent');
    }
    const waits = WAITS_FOR_PERSON.has(this.#deviceState);
    this.#pollAfter(waits ? this.#limits.busyPollEveryMs : this.#limits.pollEveryMs);
  }

  #setDeviceState(state: PrinterState): void {
    this.#deviceState = state;
    this.#show();
  }

  #show(): void {
    const calm = this.#deviceState === 'ready' || this.#deviceState === 'paper-low';
    const shown = this.#printing && calm ? 'busy' : this.#deviceState;
    if (shown === this.#shownState) return;
    this.#shownState = shown;
    for (const listener of this.#listeners) listener(shown);
  }

  #pause(delayMs: number): Promise<'paused'> {
    return new Promise((resolve) => void this.#clock.after(delayMs, () => resolve('paused')));
  }

  /** Four printable characters; an answer that comes late for an earlier job is not taken for this one. */
  #nextProcessId(): string {
    this.#jobCount = (this.#jobCount + 1) % PROCESS_IDS;
    return this.#jobCount.toString(36).toUpperCase().padStart(PROCESS_ID_LENGTH, '0');
  }
}

function refusal(code: PrintRefusal['code'], reason: string): PrintOutcome {
  return { ok: false, error: { code, reason } };
}

function interrupted(reason: string): PrintRefusal {
  return { code: 'interrupted', reason };
}
