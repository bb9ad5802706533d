import path from 'node:path';
import type { DeviceLink } from '../core/core-config.ts';

export type LaunchOptions = {
  /** The folder under which everything of this machine lies. */
  dataFolder: string;
  registerNumber: number;
  demoShopItems: number | null;
  virtualDevices: boolean;
  printer: DeviceLink | null;
  scanner: DeviceLink | null;
  /** Where this register's records go; the one-time code joins it. */
  hub: { url: string; code: string | null } | null;
  /** Says that this is not the shipped runtime; shown in the window. */
  runtimeNote: string | null;
};

export type LaunchRefusal = { ok: false; words: string };

const DEMO_SHOP_ITEMS = 5000;

/**
 * Reads the command line of the application.
 *
 * `--data=FOLDER`, `--register=N`, `--demo-shop[=ITEMS]`, `--virtual-devices`, `--printer=LINK`, `--scanner=LINK`, where LINK is
 * `serial:PATH[@BAUD]` or `tcp:HOST:PORT`; `--hub=URL` and, the first time, `--hub-code=CODE`. Anything else that starts with `--` is left to the runtime.
 */
export function readLaunchOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  defaults: { dataFolder: string },
): { ok: true; options: LaunchOptions } | LaunchRefusal {
  const value = (name: string): string | undefined => {
    const found = argv.filter((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`)).at(-1);
    return found === undefined ? undefined : found.slice(name.length + 3);
  };
  const registerNumber = Number(value('register') ?? '1');
  if (!Number.isInteger(registerNumber) || registerNumber < 1 || registerNumber > 999) {
    return { ok: false, words: 'The register number must be a whole number from 1 to 999, as in --register=2' };
  }
  const demoShop = value('demo-shop');
  const demoShopItems = demoShop === undefined ? null : Number(demoShop || DEMO_SHOP_ITEMS);
  if (demoShopItems !== null && (!Number.isInteger(demoShopItems) || demoShopItems < 1 || demoShopItems > 1_000_000)) {
    return { ok: false, words: 'The demo shop can have 1 to 1000000 items, as in --demo-shop=5000' };
  }
  const printer = readLink(value('printer'));
  const scanner = readLink(value('scanner'));
  if (printer === 'unreadable' || scanner === 'unreadable') {
    return { ok: false, words: 'A device is named as serial:/dev/ttyUSB0@9600 or tcp:192.0.2.10:9100' };
  }
  const hubUrl = value('hub');
  if (hubUrl !== undefined && !/^https?:\/\/[^/\s]+$/.test(hubUrl)) {
    return { ok: false, words: 'The hub is named by its address, as in --hub=http://127.0.0.1:4780' };
  }
  return {
    ok: true,
    options: {
      dataFolder: path.resolve(value('data') ?? defaults.dataFolder),
      registerNumber,
      demoShopItems,
      virtualDevices: value('virtual-devices') !== undefined,
      printer,
      scanner,
      hub: hubUrl === undefined ? null : { url: hubUrl, code: value('hub-code') || null },
      runtimeNote: environment['EVERTILL_RUNTIME_NOTE'] || null,
    },
  };
}

function readLink(text: string | undefined): DeviceLink | null | 'unreadable' {
  if (text === undefined || text === '') return null;
  const serial = /^serial:(.+?)(?:@(\d{3,7}))?$/.exec(text);
  if (serial?.[1]) return { kind: 'serial', path: serial[1], baudRate: Number(serial[2] ?? '9600') };
  const tcp = /^tcp:([^:]+):(\d{1,5})$/.exec(text);
  if (tcp?.[1] && tcp[2]) return { kind: 'tcp', host: tcp[1], port: Number(tcp[2]) };
  return 'unreadable';
}
