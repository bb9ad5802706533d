import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUESTS_PER_SECOND_MAX } from '../src/contract/limits.ts';
import { openCoreLine, type CoreLine } from './harness/core-line.ts';
import { openShop, type Shop } from './harness/shop.ts';
import { openStage, type Stage } from './harness/stage.ts';

describe('what a page may not do', () => {
  let stage: Stage;
  let shop: Shop;
  let line: CoreLine;

  beforeAll(async () => {
    stage = await openStage();
    shop = await openShop(stage, { items: 50 });
    await shop.cashier.untilReady();
    line = await openCoreLine(shop.register.page);
  });
  afterAll(async () => {
    await shop?.dispose();
    await stage?.dispose();
  });

  const inPage = <T>(expression: string): Promise<T> => shop.register.page.evaluate<T>(expression);

  it('has no Node, no Electron and no way to them', async () => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron'];
    expect(await inPage(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([]);
    expect(await inPage<string[]>('Object.keys(evertill).sort()')).toEqual([
      'developmentKeys',
      'requestPort',
      'runtimeNote',
      'windowKind',
    ]);
  });

  it('cannot change the door it was given, and has no permission', async () => {
    expect(
      await inPage('(() => { try { evertill.requestPort = null; } catch {} return typeof evertill.requestPort; })()'),
    ).toBe('function');
    expect(await inPage('(() => { try { delete globalThis.evertill; } catch {} return typeof evertill; })()')).toBe(
      'object',
    );
    expect(await inPage('navigator.permissions.query({ name: "geolocation" }).then((answer) => answer.state)')).toBe(
      'denied',
    );
  });

  it('neither runs nor loads what is not its own', async () => {
    const policy = await inPage<string>(
      'fetch(location.href).then((answer) => answer.headers.get("content-security-policy"), String)',
    );
    // `default-src 'none'` leaves no connection at all, not even to itself.
    expect(policy).toMatch(/Failed to fetch/);
    const refused = await inPage<string[]>(`new Promise((resolve) => {
      const refused = [];
      addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = true' }));
      document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.invalid/spy.png' }));
      document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.invalid/' }));
      setTimeout(() => resolve(refused.sort()), 300);
    })`);
    expect(refused).toEqual(expect.arrayContaining(['frame-src', 'img-src', 'script-src-elem']));
    expect(await inPage('globalThis.ran ?? false')).toBe(false);
  });

  it('reads no file outside the pages', async () => {
    const statuses = await shop.register.electron.evaluate(async ({ net }) => {
      const ask = async (url: string): Promise<number> => (await net.fetch(url)).status;
      return [
        await ask('evertill://app/index.html'),
        await ask('evertill://app/..%2f..%2fpackage.json'),
        await ask('evertill://app/%2e%2e/main.cjs'),
        await ask('evertill://other/index.html'),
      ];
    });
    expect(statuses).toEqual([200, 404, 404, 404]);
  });

  it.each([
    ['a method that does not exist', 'eval', {}],
    ['a method of every object', 'constructor', {}],
    ['a method named like the prototype', '__proto__', {}],
    ['parameters of another shape', 'signOn', { staffId: 7, pin: ['1'] }],
    ['more than was asked for', 'signOff', { and: 'more' }],
    ['no parameters at all', 'openTill', null],
  ])('is refused %s', async (_name, method, params) => {
    const id = 2_000_000 + Math.floor(performance.now() * 1000);
    expect(await line.send({ id, method, params })).toMatchObject({ ok: false, error: { code: 'bad-message' } });
  });

  it('is not served before somebody has signed on', async () => {
    const answer = await line.send({ id: 3_000_000, method: 'addByCode', params: { code: '4006381333931' } });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-signed-on' } });
  });

  it('is told to slow down when it floods, and the register goes on', async () => {
    const count = REQUESTS_PER_SECOND_MAX * 3;
    const codes = await inPage<string[]>(`new Promise((resolve) => {
      const first = 4_000_000;
      for (let id = first; id < first + ${count}; id += 1) line.postMessage({ id, method: 'lastZ', params: {} });
      const answers = () => [...heard.entries()].filter(([id]) => id >= first && id < first + ${count});
      setTimeout(() => resolve(answers().map(([, answer]) => answer.error?.code ?? 'ok')), 1500);
    })`);
    expect(codes).toHaveLength(count);
    expect(codes.filter((code) => code === 'too-busy').length).toBeGreaterThan(REQUESTS_PER_SECOND_MAX);
    await shop.register.page.waitForTimeout(1_100);
    expect(await line.send({ id: 5_000_000, method: 'lastZ', params: {} })).toMatchObject({
      error: { code: 'not-signed-on' },
    });
    await shop.cashier.signOn('Aoife', '1111');
  });

  it('opens no window and goes nowhere else', async () => {
    const windows = shop.register.electron.windows().length;
    expect(await inPage('window.open("https://example.invalid/") === null')).toBe(true);
    await inPage('void (location.href = "https://example.invalid/")');
    await shop.register.page.waitForTimeout(300);
    expect(shop.register.electron.windows()).toHaveLength(windows);
    expect(shop.register.page.url()).toBe('evertill://app/index.html');
  });
});
