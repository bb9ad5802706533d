import { AuthorFault } from './author-fault.ts';

const DEADLINE_MS = 10_000;
const ANSWER_BYTES_MAX = 256 * 1024;

/**
 * One small exchange with the hub.
 *
 * @throws AuthorFault `hub-unreachable`, or `no-hub` where what answers is no JSON or too long.
 */
export async function postJson(
  send: typeof fetch,
  url: string,
  body: object,
): Promise<{ readonly status: number; readonly answer: unknown }> {
  let text: string;
  let status: number;
  try {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // A redirect is somebody else's way to say hello: following it would show the code to a stranger.
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    status = response.status;
    text = await readText(response);
  } catch (cause) {
    if (cause instanceof AuthorFault) throw cause;
    throw new AuthorFault('hub-unreachable', url, { cause });
  }
  try {
    return { status, answer: JSON.parse(text) as unknown };
  } catch (cause) {
    throw new AuthorFault('no-hub', `${url} answered ${status}`, { cause });
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES_MAX) throw new AuthorFault('no-hub', `an answer of more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
