import type { Unsubscribe } from './subscription.ts';

/**
 * `connecting`: being opened for the first time. `open`: bytes flow. `lost`: it was open or refused to open, and is being
 * tried again by itself. `closed`: disposed, for good.
 */
export type LinkState = 'connecting' | 'open' | 'lost' | 'closed';

/**
 * Bytes in and out of one device, whatever carries them. A link reconnects by itself with bounded back-off (IT-03: a device
 * that is back is found within 5 s) until it is disposed.
 */
export type Link = {
  readonly state: LinkState;
  /** Called after each change of state, never for the current one. */
  onState(callback: (state: LinkState) => void): Unsubscribe;
  /** Called with the bytes as they arrive, cut anywhere. The array is the listener's to keep. */
  onBytes(callback: (bytes: Uint8Array) => void): Unsubscribe;
  /**
   * Hands bytes to the operating system. Resolution is **no** acknowledgement by the device: only an answer of the device is.
   * Bytes written while the link is not open are refused, never queued: a queued receipt would print hours later.
   * Writes are taken in order of the calls.
   *
   * @throws LinkFault `not-open` or `overfull` (nothing was sent), `write-deadline` or `lost` (some bytes may have been sent; the
   * line is dropped, and what the operating system had not yet passed on is thrown away where it allows that).
   */
  write(bytes: Uint8Array, options: { deadlineMs: number }): Promise<void>;
  /**
   * Drops the line and opens it again. For a driver whose device owes an answer: a network printer behind a pulled cable looks
   * open for minutes otherwise. Does nothing unless the link is open.
   */
  reconnect(reason: string): void;
  /** Closes the link for good. Resolves when the port or socket is released; safe to call again. */
  dispose(): Promise<void>;
};

export type LinkFaultCode = 'not-open' | 'overfull' | 'write-deadline' | 'lost';

/** An operating fault of a link. */
export class LinkFault extends Error {
  readonly code: LinkFaultCode;

  constructor(code: LinkFaultCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'LinkFault';
    this.code = code;
  }
}
