import { PORT_MESSAGE, type PageDoor } from '../../contract/page-door.ts';

declare global {
  interface Window {
    readonly evertill?: PageDoor;
  }
}

/** What the page may know of where it runs; a page outside the application (the gallery) has no door. */
export function pageDoor(): PageDoor | null {
  return window.evertill ?? null;
}

/** Calls back with each port that main sends to this page; the last one given is the one in use. */
export function onPort(listener: (port: MessagePort) => void): () => void {
  const receive = (event: MessageEvent): void => {
    const port = event.ports[0];
    // Only the preload script of this very page can speak with the page's own origin and window.
    if (event.source !== window || event.data !== PORT_MESSAGE || !port) return;
    listener(port);
  };
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}
