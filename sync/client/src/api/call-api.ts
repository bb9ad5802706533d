import { REQUEST_TIMEOUT_MS, RESPONSE_BYTES_MAX } from '../limits.ts';
import { TokenRefused, type TokenSource } from '../needs.ts';
import { untilAborted } from '../until-aborted.ts';
import type { ApiError, ApiOutcome } from './api-error.ts';
import { classifyAnswer, classifyFailure } from './classify.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** One GraphQL operation: its text, and how its `data` is read. `read` throws when the answer is not what the schema promises. */
export type Operation<Value> = { readonly text: string; read(data: unknown): Value };

/** Asks the API. Never rejects: what went wrong is data. */
export type CallApi = <Value>(
  operation: Operation<Value>,
  variables: Variables,
  signal?: AbortSignal,
) => Promise<ApiOutcome<Value>>;

export type ApiOptions = {
  /** `https://…/graphql` */
  readonly url: string;
  readonly token: TokenSource;
  readonly fetch: typeof fetch;
  readonly timeoutMs?: number;
};

/** Queries and mutations over HTTPS, with a deadline and a limit; a refused token is renewed once. */
export function createCallApi(options: ApiOptions): CallApi {
  return async (operation, variables, signal) => {
    const body = JSON.stringify({ query: operation.text, variables });
    const first = await attempt(options, body, false, signal);
    const isRefusedToken = !first.ok && first.error.code === 'refused' && first.error.errorType === 'NotAuthorised';
    const outcome = isRefusedToken ? await attempt(options, body, true, signal) : first;
    if (!outcome.ok) return outcome;
    try {
      return { ok: true, value: operation.read(outcome.value) };
    } catch {
      return failed({ code: 'server-fault', detail: 'answer does not fit the schema' });
    }
  };
}

async function attempt(
  options: ApiOptions,
  body: string,
  renew: boolean,
  signal: AbortSignal | undefined,
): Promise<ApiOutcome<unknown>> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS);
  const ended = new AbortController();
  const end = (): void => ended.abort();
  for (const cause of [deadline, signal]) cause?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  try {
    const token = await readToken(options.token, renew, ended.signal);
    return token.ok ? await exchange(options, token.value, body, ended.signal) : token;
  } finally {
    for (const cause of [deadline, signal]) cause?.removeEventListener('abort', end);
  }
}

async function readToken(source: TokenSource, renew: boolean, signal: AbortSignal): Promise<ApiOutcome<string>> {
  try {
    return { ok: true, value: await untilAborted(source({ renew }), signal) };
  } catch (thrown) {
    if (thrown instanceof TokenRefused) return failed({ code: 'refused', errorType: thrown.errorType, info: null });
    return failed({ code: 'no-token', detail: thrown instanceof Error ? thrown.message : 'unknown' });
  }
}

async function exchange(
  options: ApiOptions,
  token: string,
  body: string,
  signal: AbortSignal,
): Promise<ApiOutcome<unknown>> {
  try {
    const response = await options.fetch(options.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: token },
      body,
      // A redirect is a captive portal's way to say hello: following it would show the token to a stranger.
      redirect: 'manual',
      signal,
    });
    const contentType = response.headers.get('content-type') ?? '';
    return classifyAnswer({ status: response.status, contentType, body: await readText(response) });
  } catch (thrown) {
    return failed(classifyFailure(thrown));
  }
}

function failed(error: ApiError): { ok: false; error: ApiError } {
  return { ok: false, error };
}

/** `null` when the answer is longer than allowed; the rest is not read. */
async function readText(response: Response): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    bytes += value.byteLength;
    if (bytes > RESPONSE_BYTES_MAX) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}
