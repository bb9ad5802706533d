import { describe, expect, test } from 'vitest';
import { classifyAnswer, classifyFailure } from './classify.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';
const answer = (status: number, body: string | null, contentType = JSON_TYPE) =>
  classifyAnswer({ status, contentType, body });

describe('who answered, and what', () => {
  test.each([
    ['data', answer(200, '{"data":{"a":1}}'), { ok: true, value: { a: 1 } }],
    [
      'a refusal',
      answer(200, '{"data":null,"errors":[{"errorType":"HeadMoved","errorInfo":{"seq":3}}]}'),
      { ok: false, error: { code: 'refused', errorType: 'HeadMoved', info: { seq: 3 } } },
    ],
    [
      'an expired token',
      answer(401, '{"errors":[{"errorType":"UnauthorizedException"}]}'),
      { ok: false, error: { code: 'refused', errorType: 'NotAuthorised', info: null } },
    ],
    [
      'a question that the schema of another version does not have',
      answer(
        200,
        '{"data":null,"errors":[{"message":"Validation error of type FieldUndefined: Field \'x\' is undefined"}]}',
      ),
      { ok: false, error: { code: 'refused', errorType: 'ValidationError', info: null } },
    ],
    [
      'a field that is not for us',
      answer(200, '{"data":null,"errors":[{"errorType":"Unauthorized"}]}'),
      { ok: false, error: { code: 'refused', errorType: 'NotAuthorised', info: null } },
    ],
  ])('%s', (_what, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });

  test.each([
    ['5xx', answer(503, '<html>')],
    ['throttled', answer(429, '')],
    ['half an answer', answer(200, '{"data":{"a')],
    ['no answer at all', answer(200, '')],
    ['a list', answer(200, '[]')],
    ['too long', answer(200, null)],
    ['an error without a name', answer(200, '{"data":null,"errors":[{"message":"boom"}]}')],
    ['an error with a name nobody listed', answer(200, '{"data":null,"errors":[{"errorType":"Teapot"}]}')],
    ['a bad request of another version', answer(400, '{"errors":[{"errorType":"BadRequestException"}]}')],
  ])('%s is the server’s fault', (_what, outcome) => {
    expect(outcome).toMatchObject({ ok: false, error: { code: 'server-fault' } });
  });

  test.each([
    ['a page with 200', answer(200, '<html>Welcome</html>', 'text/html')],
    ['a redirect', answer(302, '', 'text/html')],
    ['511', answer(511, '', 'text/html')],
    ['a proxy that forbids', answer(403, '<html>Blocked</html>', 'text/html')],
    ['text', answer(200, 'ok', 'text/plain')],
  ])('%s is somebody else’s', (_what, outcome) => {
    expect(outcome).toMatchObject({ ok: false, error: { code: 'captive-portal' } });
  });
});

describe('where the line is broken', () => {
  const thrown = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  test.each([
    ['ENOTFOUND', 'no-route'],
    ['EAI_AGAIN', 'no-route'],
    ['ENETUNREACH', 'no-route'],
    ['ECONNREFUSED', 'host-up'],
    ['ECONNRESET', 'silence'],
    ['ETIMEDOUT', 'silence'],
    ['UND_ERR_CONNECT_TIMEOUT', 'silence'],
  ])('%s', (code, sign) => {
    expect(classifyFailure(thrown(code))).toEqual({ code: 'unreachable', sign });
  });

  test('several addresses, one of them alive', () => {
    const cause = new AggregateError([thrown('ENETUNREACH'), thrown('ECONNREFUSED')]);
    expect(classifyFailure(new TypeError('fetch failed', { cause }))).toEqual({ code: 'unreachable', sign: 'host-up' });
  });

  test.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'])('%s', (code) => {
    expect(classifyFailure(thrown(code))).toMatchObject({ code: 'captive-portal' });
  });

  test.each([null, 'text', new Error('?'), new DOMException('x', 'TimeoutError')])('%s is silence', (what) => {
    expect(classifyFailure(what)).toEqual({ code: 'unreachable', sign: 'silence' });
  });
});
