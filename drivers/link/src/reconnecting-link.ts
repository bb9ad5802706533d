import { LinkFault, type CancelTimer, type DriverClock, type Link, type LinkState } from '@evertill/driver-contract';
import { within } from './deadline.ts';
import type { Line, OpenLine } from './line.ts';
import type { LinkLimits } from './link-limits.ts';

/** A line in use, with what ends waiting writes when it is lost. */
type Session = { line: Line; lost: boolean; onLost: Set<(cause: unknown) => void> };

/**
 * The life of every link: opens lines one after another, and promises what `Link` promises whatever carries the bytes.
 * The one rule: bytes belong to the line that was open when they were written, and die with it.
 */
export class ReconnectingLink implements Link {
  readonly #openLine: OpenLine;
  readonly #clock: DriverClock;
  readonly #limits: LinkLimits;
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  readonly #byteListeners = new Set<(bytes: Uint8Array) => void>();
  #state: LinkState = 'connecting';
  #session: Session | null = null;
  #cancelRetry: CancelTimer = () => {};
  #attempt = 0;
  #pendingBytes = 0;
  #lastWrite: Promise<void> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();

  constructor(openLine: OpenLine, clock: DriverClock, limits: LinkLimits) {
    this.#openLine = openLine;
    this.#clock = clock;
    this.#limits = limits;
    void this.#connect();
  }

  get state(): LinkState {
    return this.#state;
  }

  onState(callback: (state: LinkState) => void): () => void {
    this.#stateListeners.add(callback);
    return () => this.#stateListeners.delete(callback);
  }

  onBytes(callback: (bytes: Uint8Array) => void): () => void {
    this.#byteListeners.add(callback);
    return () => this.#byteListeners.delete(callback);
  }

  write(bytes: Uint8Array, { deadlineMs }: { deadlineMs: number }): Promise<void> {
    const session = this.#session;
    if (session === null) return Promise.reject(new LinkFault('not-open', 'The device is not connected'));
    if (this.#pendingBytes + bytes.length > this.#limits.pendingBytesMax) {
      return Promise.reject(new LinkFault('overfull', 'The device does not take what it was sent before'));
    }
    this.#pendingBytes += bytes.length;
    const written = this.#lastWrite.then(() => this.#writeNow(session, bytes, deadlineMs));
    const settle = () => {
      this.#pendingBytes -= bytes.length;
    };
    this.#lastWrite = written.then(settle, settle);
    return written;
  }

  reconnect(reason: string): void {
    if (this.#session !== null) this.#lose(this.#session, new Error(reason));
  }

  async dispose(): Promise<void> {
    if (this.#state !== 'closed') {
      this.#cancelRetry();
      const session = this.#session;
      this.#setState('closed');
      if (session !== null) this.#drop(session, new Error('The link was closed'), { discard: false });
    }
    await this.#closing;
  }

  async #writeNow(session: Session, bytes: Uint8Array, deadlineMs: number): Promise<void> {
    if (session.lost) throw new LinkFault('not-open', 'The device was disconnected before this was sent');
    let stopWaiting: (cause: unknown) => void = () => {};
    const lost = new Promise<'lost'>((resolve) => {
      stopWaiting = () => resolve('lost');
      session.onLost.add(stopWaiting);
    });
    try {
      const result = await within(this.#clock, deadlineMs, Promise.race([session.line.write(bytes), lost]));
      if (result === 'lost') throw new LinkFault('lost', 'The device was disconnected while sending');
      if (result === 'expired') throw new LinkFault('write-deadline', 'The device did not take the bytes in time');
    } catch (error) {
      this.#lose(session, error);
      throw error instanceof LinkFault ? error : new LinkFault('lost', 'Sending failed', { cause: error });
    } finally {
      session.onLost.delete(stopWaiting);
    }
  }

  async #connect(): Promise<void> {
    let session: Session | null = null;
    let lostEarly = false;
    const events = {
      bytes: (bytes: Uint8Array) => {
        if (session !== null && !session.lost) for (const listener of this.#byteListeners) listener(bytes);
      },
      lost: (cause: unknown) => {
        if (session === null) lostEarly = true;
        else this.#lose(session, cause);
      },
    };
    const opening = this.#openLine(events);
    let line: Line | 'expired';
    try {
      line = await within(this.#clock, this.#limits.connectDeadlineMs, opening);
    } catch {
      // Why a device refuses to open is on its own tools to say; here it is simply not there yet.
      return this.#retry();
    }
    if (line === 'expired') {
      // An opening that ends late must not hold the port.
      opening.then(
        (late) => this.#release(late, { discard: true }),
        () => {},
      );
      return this.#retry();
    }
    if (lostEarly || this.#state === 'closed') {
      this.#release(line, { discard: true });
      return this.#retry();
    }
    session = { line, lost: false, onLost: new Set() };
    this.#session = session;
    this.#attempt = 0;
    this.#setState('open');
  }

  #retry(): void {
    if (this.#state === 'closed') return;
    this.#setState('lost');
    const { backoffMs } = this.#limits;
    const delayMs = backoffMs[Math.min(this.#attempt, backoffMs.length - 1)] ?? 0;
    this.#attempt += 1;
    this.#cancelRetry = this.#clock.after(delayMs, () => {
      // Two lines to one serial port cannot be open at once: wait until the old one is released.
      void this.#closing.then(() => (this.#state === 'closed' ? undefined : this.#connect()));
    });
  }

  #lose(session: Session, cause: unknown): void {
    if (session.lost) return;
    this.#drop(session, cause, { discard: true });
    this.#retry();
  }

  #drop(session: Session, cause: unknown, how: { discard: boolean }): void {
    if (session.lost) return;
    session.lost = true;
    if (this.#session === session) this.#session = null;
    for (const stopWaiting of session.onLost) stopWaiting(cause);
    this.#release(session.line, how);
  }

  #release(line: Line, how: { discard: boolean }): void {
    const released = within(this.#clock, this.#limits.closeDeadlineMs, line.close(how));
    const done = () => {};
    this.#closing = Promise.all([this.#closing, released.then(done, done)]).then(done);
  }

  #setState(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
