/** One opened connection. A link opens a new line whenever the old one is lost; a line never comes back. */
export type Line = {
  /** Resolves when the operating system has taken the bytes. May hang on a line that died; the link sets the deadline. */
  write(bytes: Uint8Array): Promise<void>;
  /** Releases the port. `discard` throws away what was written and not yet passed on, where the system allows that. */
  close(how: { discard: boolean }): Promise<void>;
};

export type LineEvents = {
  bytes(bytes: Uint8Array): void;
  /** The line is dead. May be called more than once (a serial port that is lost during a write closes twice). */
  lost(cause: unknown): void;
};

/** Opens one line, or rejects. What it opens after its caller stopped waiting is closed by the caller. */
export type OpenLine = (events: LineEvents) => Promise<Line>;
