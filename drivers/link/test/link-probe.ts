import type { Link, LinkState } from '@evertill/driver-contract';

const DEADLINE_MS = 8_000;

/** Resolves when the link is in the state, now or later. */
export function reaches(link: Link, state: LinkState): Promise<void> {
  if (link.state === state) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the link stayed ${link.state}, expected ${state}`)), DEADLINE_MS);
    const stop = link.onState((now) => {
      if (now !== state) return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}

/** Collects what arrives and waits for a text in it. */
export function reader(source: { onBytes(callback: (bytes: Uint8Array) => void): unknown }) {
  let received = Buffer.alloc(0);
  let waiting: (() => void)[] = [];
  source.onBytes((bytes) => {
    received = Buffer.concat([received, bytes]);
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });
  return {
    get text() {
      return received.toString('latin1');
    },
    async includes(text: string): Promise<void> {
      while (!received.toString('latin1').includes(text)) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
