import type { IncomingMessage } from 'node:http';

/** The whole body, or why not. A body that grows too large is given up at once, whatever its header promised. */
export async function readBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<{ ok: true; text: string } | { ok: false; status: 400 | 413 }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) return { ok: false, status: 413 };
    chunks.push(chunk);
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, status: 400 };
    throw error;
  }
}
