import { expect, test } from 'vitest';
import { lookElsewhere } from './look-elsewhere.ts';

const away = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
const foreign = new TypeError('fetch failed', {
  cause: Object.assign(new Error(), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
});
const page = new Response('<html>', { status: 200 });
const there = new Response(null, { status: 204 });
const redirect = new Response(null, { status: 302 });
const busy = new Response(null, { status: 503 });

test.each([
  ['nowhere to look', [], 'not-asked'],
  ['an answer as agreed', [there], 'reachable'],
  ['the first is away', [away, there], 'reachable'],
  ['the first is busy', [busy, there], 'reachable'],
  ['all are away', [away, away], 'unreachable'],
  ['a page', [page], 'stranger'],
  ['a redirect', [redirect, there], 'stranger'],
  ['a foreign certificate', [foreign], 'stranger'],
])('%s', async (_what, answers, expected) => {
  const urls = answers.map((_answer, nth) => `http://${nth}.example/`);
  const fetchUrl: typeof fetch = (url) => {
    const answer = answers[urls.indexOf(url as string)];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer!);
  };
  expect(await lookElsewhere(urls, fetchUrl)).toBe(expected);
});
