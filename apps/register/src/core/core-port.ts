/** One line to one window, whatever carries it: a MessagePort of Electron, a process channel in tests and headless. */
export type CorePort = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
};
