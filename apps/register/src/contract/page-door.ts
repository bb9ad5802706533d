import type { WindowKind } from './messages.ts';

/** What the preload script gives a page as `window.evertill`. Data only, and one way to ask for a port; no logic. */
export type PageDoor = {
  readonly windowKind: WindowKind;
  /** Set when this is not the runtime that is shipped: shown as a mark in the window. */
  readonly runtimeNote: string | null;
  /** True while the register's signing key lies in a development key file instead of the operating system's key store. */
  readonly developmentKeys: boolean;
  /** Asks main for a new port to the core (or to the bench); it arrives as a window message, see {@link PORT_MESSAGE}. */
  readonly requestPort: () => void;
};

/** `event.data` of the window message that carries a MessagePort from preload to the page. */
export const PORT_MESSAGE = 'evertill:port';
