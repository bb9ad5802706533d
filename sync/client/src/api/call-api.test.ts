import { describe, expect, test } from 'vitest';
import { RESPONSE_BYTES_MAX } from '../limits.ts';
import { TokenRefused } from '../needs.ts';
import { createCallApi, type ApiOptions } from './call-api.ts';
import { readHead } from './journal-operations.ts';

const HEAD = '{"data":{"head":null}}';
const json = (text: string, status = 200) =>
  new Response(text, { status, headers: { 'content-type': 'application/json' } });
const EXPIRED = '{"errors":[{"errorType":"UnauthorizedException"}]}';

function api(fetch: ApiOptions['fetch'], extra: Partial<ApiOptions> = {}) {
  const renewals: boolean[] = [];
  const token = ({ renew }: { renew: boolean }) => {
    renewals.push(renew);
    return Promise.resolve(renew ? 'new' : 'old');
  };
  const call = createCallApi({ url: 'http://server/graphql', token, fetch, ...extra });
  return { renewals, ask: (signal?: AbortSignal) => call(readHead, { register: 'r' }, signal) };
}

/** Answers nothing until it is broken off. */
const silent: typeof fetch = (_url, init) =>
  new Promise((_resolve, reject) => {
    const end = () => reject(new DOMException('aborted', 'AbortError'));
    if (init?.signal?.aborted) end();
    init?.signal?.addEventListener('abort', end);
  });

describe('asking the API', () => {
  test('sends the token, follows no redirect, and reads the answer', async () => {
    const sent: RequestInit[] = [];
    const { ask } = api((_url, init) => {
      sent.push(init!);
      return Promise.resolve(json(HEAD));
    });
    expect(await ask()).toEqual({ ok: true, value: null });
    expect(sent[0]).toMatchObject({ redirect: 'manual', headers: { authorization: 'old' } });
  });

  test('renews a refused token once, and no more', async () => {
    let asked = 0;
    const { ask, renewals } = api(() =>
      Promise.resolve(json((asked += 1) === 1 ? EXPIRED : HEAD, asked === 1 ? 401 : 200)),
    );
    expect(await ask()).toEqual({ ok: true, value: null });
    expect(renewals).toEqual([false, true]);

    const never = api(() => Promise.resolve(json(EXPIRED, 401)));
    expect(await never.ask()).toMatchObject({ ok: false, error: { code: 'refused', errorType: 'NotAuthorised' } });
    expect(never.renewals).toEqual([false, true]);
  });

  test.each([
    ['does not know the register', false, 'NotEnrolled', 1],
    ['does not take its assertion', true, 'NotAuthorised', 2],
  ])('a token handler that %s has refused: no broken line', async (_, isKnown, errorType, asked) => {
    let tokens = 0;
    const token = () => {
      tokens += 1;
      return Promise.reject(new TokenRefused(isKnown));
    };
    const { ask } = api(() => Promise.resolve(json(HEAD)), { token });
    expect(await ask()).toEqual({ ok: false, error: { code: 'refused', errorType, info: null } });
    expect(tokens).toBe(asked);
  });

  test('gives up on silence', async () => {
    const { ask } = api(silent, { timeoutMs: 20 });
    expect(await ask()).toEqual({ ok: false, error: { code: 'unreachable', sign: 'silence' } });
  });

  test('can be broken off, before it begins too', async () => {
    const { ask } = api(silent);
    const ended = new AbortController();
    const asked = ask(ended.signal);
    ended.abort();
    expect(await asked).toMatchObject({ ok: false });
    expect(await ask(AbortSignal.abort())).toMatchObject({ ok: false });
  });

  test('reads no more than an answer may be long', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const { ask } = api(() =>
      Promise.resolve(new Response(endless, { headers: { 'content-type': 'application/json' } })),
    );
    expect(await ask()).toEqual({ ok: false, error: { code: 'server-fault', detail: 'answer too long' } });
    expect(pulled).toBeLessThan(RESPONSE_BYTES_MAX / (1024 * 1024) + 4);
  });

  test('a token that cannot be had is told apart from a server that cannot be reached', async () => {
    const token = () => Promise.reject(new Error('token handler is away'));
    const { ask } = api(silent, { token });
    expect(await ask()).toEqual({ ok: false, error: { code: 'no-token', detail: 'token handler is away' } });
  });

  test('a token that never comes is not waited for', async () => {
    const { ask } = api(silent, { token: () => new Promise(() => {}), timeoutMs: 20 });
    expect(await ask()).toEqual({ ok: false, error: { code: 'no-token', detail: 'not in time' } });
  });
});
