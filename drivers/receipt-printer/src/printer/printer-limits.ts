/** Deadlines and sizes of the printer's driver. */
export type PrinterLimits = {
  /** Between two questions for the state while nothing is printed. */
  pollEveryMs: number;
  /** How long an answer may take while nothing is printed; it comes at once, whatever the printer does. */
  statusDeadlineMs: number;
  /** While printing, and while a person has to act. */
  busyPollEveryMs: number;
  /**
   * Unanswered for so long, the printer counts as switched off: the line is opened anew; a job that is under way is interrupted,
   * because a printer that was off has forgotten it.
   */
  silenceMs: number;
  /** For one chunk to be taken by the operating system. */
  writeDeadlineMs: number;
  /** From the last byte to the printer's word that the job is on paper; time in which it waits for a person does not count. */
  confirmDeadlineMs: number;
  /** For the cut counter, which is answered after everything that was sent before. */
  counterDeadlineMs: number;
  /** Before it is assumed that a command was left half sent. */
  counterPatienceMs: number;
  /** Bytes between two looks at the state: no more than this is lost sight of when the paper ends. */
  chunkBytes: number;
};

export const PRINTER_LIMITS: PrinterLimits = {
  pollEveryMs: 1_000,
  statusDeadlineMs: 1_000,
  busyPollEveryMs: 400,
  silenceMs: 3_000,
  writeDeadlineMs: 10_000,
  confirmDeadlineMs: 30_000,
  counterDeadlineMs: 12_000,
  counterPatienceMs: 1_500,
  chunkBytes: 512,
};
