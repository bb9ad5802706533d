import { describe, expect, it } from 'vitest';
import { checkLinkSettings } from './link-settings.ts';

const fieldOf = (value: unknown) => {
  const checked = checkLinkSettings(value);
  return checked.ok ? null : checked.error.field;
};

describe('link settings', () => {
  it.each([
    { kind: 'tcp', host: '192.0.2.7', port: 9100 },
    { kind: 'file', path: '/dev/usb/lp0' },
    { kind: 'serial', path: 'COM3', baudRate: 9_600 },
    {
      kind: 'serial',
      path: '/dev/ttyS0',
      baudRate: 115_200,
      dataBits: 7,
      parity: 'even',
      stopBits: 2,
      flow: 'rts-cts',
    },
  ])('of kind $kind pass', (settings) => {
    expect(checkLinkSettings({ ...settings, unknown: 1 })).toEqual({ ok: true, settings });
  });

  it.each([
    ['', null],
    ['kind', { kind: 'usb' }],
    ['host', { kind: 'tcp', host: '', port: 1 }],
    ['port', { kind: 'tcp', host: 'x', port: 70_000 }],
    ['port', { kind: 'tcp', host: 'x', port: '9100' }],
    ['path', { kind: 'file', path: 'a\0b' }],
    ['baudRate', { kind: 'serial', path: 'x', baudRate: 1 }],
    ['flow', { kind: 'serial', path: 'x', baudRate: 9_600, flow: 'xon-xoff' }],
    ['parity', { kind: 'serial', path: 'x', baudRate: 9_600, parity: 'mark' }],
  ])('are refused for their field "%s"', (field, value) => {
    expect(fieldOf(value)).toBe(field);
  });
});
