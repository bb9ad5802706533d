import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSigningKey } from '@evertill/journal';
import { temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { joinHub, keepPass, readPass } from './hub-pass.ts';

const { key } = generateSigningKey();
const author = { tenant: 'demo', store: 'DUB1', register: 'DEMO-web', role: 'channel', keyId: key.keyId };
const joined = { ok: true, author, issuer: 'http://127.0.0.1:4780', channel: { v: 1 } };

const answering = (body: unknown, init?: ResponseInit): typeof fetch =>
  (() => Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), init))) as typeof fetch;
const joining = (send: typeof fetch, hubUrl = 'http://127.0.0.1:4780/') =>
  joinHub({ hubUrl, code: 'AAAA-AAAA', key, fetch: send });

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder('pass');
});
afterEach(() => folder.dispose());

describe('joining', () => {
  test('brings a pass, with what a channel is told; a hub that tells nothing is fine', async () => {
    const { channel, ...silent } = joined;
    const url = 'http://127.0.0.1:4780';
    expect(await joining(answering(joined))).toEqual({ v: 1, url, issuer: joined.issuer, ...author, channel });
    expect((await joining(answering(silent))).channel).toBeUndefined();
  });

  test.each([
    ['code-unknown', { code: 'code-unknown' }],
    ['code-used', { code: 'code-used' }],
    ['register-taken', { code: 'register-taken' }],
    ['code-refused', { code: 'a word of a newer hub' }],
    ['code-refused', { code: '__proto__' }],
  ])('%s is what the hub said', async (code, error) => {
    await expect(joining(answering({ ok: false, error }, { status: 403 }))).rejects.toMatchObject({ code });
  });

  test.each([
    ['a page to sign in', '<html>Welcome to the Wi-Fi</html>'],
    ['JSON of something else', { hello: 'world' }],
    ['an answer without end', 'x'.repeat(300 * 1024)],
    ['nothing', ''],
  ])('%s is no hub', async (_, body) => {
    await expect(joining(answering(body))).rejects.toMatchObject({ code: 'no-hub' });
  });

  test('a line that breaks is no refusal', async () => {
    const broken = (() => Promise.reject(new TypeError('fetch failed'))) as typeof fetch;
    await expect(joining(broken)).rejects.toMatchObject({ code: 'hub-unreachable' });
  });

  test.each(['', 'hub', 'file:///etc/passwd', 'http://'])('%j is no address', async (url) => {
    await expect(joining(answering(joined), url)).rejects.toMatchObject({ code: 'bad-hub-url' });
  });
});

describe('a pass on disk', () => {
  const file = () => join(folder.path, 'pass.json');

  test('comes back as it was kept', async () => {
    const pass = await joining(answering(joined));
    keepPass(file(), pass);
    expect(readPass(file())).toEqual(pass);
  });

  test('that is not there, or is damaged, says what to do', () => {
    expect(() => readPass(file())).toThrow('has not joined a hub yet');
    for (const text of ['', '{', '{"v":2}', 'null']) {
      writeFileSync(file(), text);
      expect(() => readPass(file())).toThrow('Join again');
    }
  });
});
