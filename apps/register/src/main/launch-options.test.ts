import { describe, expect, it } from 'vitest';
import { readLaunchOptions } from './launch-options.ts';

const read = (...argv: string[]) => readLaunchOptions(['electron', '.', ...argv], {}, { dataFolder: '/data' });

describe('the command line', () => {
  it('needs nothing: register 1, no demonstration, no devices', () => {
    expect(read()).toEqual({
      ok: true,
      options: {
        dataFolder: '/data',
        registerNumber: 1,
        demoShopItems: null,
        virtualDevices: false,
        printer: null,
        scanner: null,
        hub: null,
        runtimeNote: null,
      },
    });
  });

  it('names devices by serial path or by address', () => {
    const result = read('--printer=tcp:192.0.2.10:9100', '--scanner=serial:/dev/ttyACM0@115200');
    expect(result).toMatchObject({
      options: {
        printer: { kind: 'tcp', host: '192.0.2.10', port: 9100 },
        scanner: { kind: 'serial', path: '/dev/ttyACM0', baudRate: 115200 },
      },
    });
    expect(read('--printer=serial:COM3')).toMatchObject({ options: { printer: { path: 'COM3', baudRate: 9600 } } });
  });

  it.each([
    ['--printer=usb:1'],
    ['--register=0'],
    ['--register=two'],
    ['--demo-shop=none'],
    ['--demo-shop=0'],
    ['--scanner=tcp:host'],
    ['--hub=somewhere'],
  ])('refuses %s in words', (argument) => {
    const result = read(argument);
    expect(result.ok).toBe(false);
    expect(!result.ok && result.words.length > 20).toBe(true);
  });

  it('takes the last of two and leaves the switches of the runtime alone', () => {
    expect(read('--register=2', '--no-sandbox', '--register=3', '--demo-shop')).toMatchObject({
      options: { registerNumber: 3, demoShopItems: 5000 },
    });
  });
});
