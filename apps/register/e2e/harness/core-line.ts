import type { Page } from 'playwright-core';

/** What a page that is not ours, or no longer, could do with the door that ours has. */
export type CoreLine = {
  /** Sends a message as it is and answers with what the core said under this id; `null` when it said nothing in time. */
  send(message: { id: number; method: string; params: unknown }, deadlineMs?: number): Promise<CoreAnswer | null>;
};

export type CoreAnswer = { ok: boolean; value?: unknown; error?: { code: string } };

/** Asks for a port by `window.evertill`, as the page's own connection does, and listens to it beside that connection. */
export async function openCoreLine(page: Page): Promise<CoreLine> {
  await page.evaluate(`new Promise((resolve) => {
    globalThis.heard = new Map();
    addEventListener('message', function take(event) {
      const port = event.ports[0];
      if (!port) return;
      removeEventListener('message', take);
      port.addEventListener('message', ({ data }) => {
        if (data.kind === 'answer') globalThis.heard.set(data.id, data);
        if (data.kind === 'greeting') resolve();
      });
      globalThis.line = port;
    });
    evertill.requestPort();
  })`);
  return {
    send: (message, deadlineMs = 5_000) =>
      page.evaluate<CoreAnswer | null>(`new Promise((resolve) => {
        const message = ${JSON.stringify(message)};
        const endMs = performance.now() + ${deadlineMs};
        globalThis.line.postMessage(message);
        (function look() {
          const answer = globalThis.heard.get(message.id);
          if (answer || performance.now() > endMs) return resolve(answer ?? null);
          setTimeout(look, 2);
        })();
      })`),
  };
}

export type Goods = { itemId: string; name: string; scanCode: string; priceMinor: number };

/** Items of the shop with a barcode and a price, as many as are found by these words. Needs a signed-on person. */
export async function goodsOf(page: Page, texts: readonly string[], each: number): Promise<Goods[]> {
  const line = await openCoreLine(page);
  const found: Goods[][] = [];
  for (const [index, text] of texts.entries()) {
    const answer = await line.send({ id: 1_000_000 + index, method: 'searchItems', params: { text, limit: each } });
    const items = (answer?.value as { items?: Goods[] } | undefined)?.items ?? [];
    found.push(items.filter((item) => item.scanCode !== '' && item.priceMinor > 0));
  }
  // One of each kind, then the next of each: as varied as a basket.
  const turns = Array.from({ length: each }, (_, turn) => found.flatMap((items) => items[turn] ?? []));
  return [...new Map(turns.flat().map((item) => [item.scanCode, item])).values()];
}
