import { describe, expect, test } from 'vitest';
import { readPlainText } from './plain-text.ts';
import { readQuantity } from './quantity-text.ts';
import { readDate } from './sale-date.ts';

describe('readDate', () => {
  test.each([
    ['2026-03-02', 'start', '2026-03-02T00:00:00.000Z'],
    ['2026-03-02', 'end', '2026-03-03T00:00:00.000Z'],
    ['2026-07-01', 'start', '2026-06-30T23:00:00.000Z'],
    ['2026-03-29', 'end', '2026-03-29T23:00:00.000Z'],
    ['2026-07-01 09:30:00', 'start', '2026-07-01T08:30:00.000Z'],
    ['2026-07-01T09:30', 'end', '2026-07-01T08:30:00.000Z'],
    ['2026-07-01T09:30:00Z', 'start', '2026-07-01T09:30:00.000Z'],
    ['2026-07-01T09:30:00+02:00', 'start', '2026-07-01T07:30:00.000Z'],
    ['', 'start', null],
  ] as const)('"%s" (%s) in Dublin is %s', (text, edge, instant) => {
    expect(readDate(text, 'Europe/Dublin', edge)).toEqual({ ok: true, instant });
  });

  test.each(['2026-02-30', '31/12/2026', 'tomorrow', '2026-13-01', '2026-07-01T25:00'])('"%s" is no date', (text) => {
    expect(readDate(text, 'Europe/Dublin', 'start')).toMatchObject({ ok: false, problem: { code: 'date-unreadable' } });
  });
});

describe('readQuantity', () => {
  test.each([
    ['', null],
    ['0', 0],
    ['-0', 0],
    ['12', 12],
    ['12.000', 12],
    ['12,0', 12],
    ["'7", 7],
    ['-3', -3],
    ['−3', -3],
  ] as const)('"%s" is %s', (text, quantity) => {
    expect(readQuantity(text)).toEqual({ ok: true, quantity });
  });

  test.each(['2.5', 'many', '1e3', '99999999999', '--1'])('"%s" is no number of pieces', (text) => {
    expect(readQuantity(text)).toMatchObject({ ok: false, problem: { code: 'quantity-unreadable' } });
  });
});

describe('readPlainText', () => {
  test.each([
    ['  two\r\n\tlines\u00A0here ', 'two lines here'],
    ['Cre\u0300me', 'Crème'],
    ['="0123"', '0123'],
    ["'=1+1", '=1+1'],
    ["'-12 °C", '-12 °C'],
    ["Rock 'n' Roll", "Rock 'n' Roll"],
    ['+Vitamin C', '+Vitamin C'],
  ])('%j is read as "%s"', (raw, text) => {
    expect(readPlainText(raw, 100)).toEqual({ ok: true, text });
  });

  test.each([
    ['=1+1', 'formula'],
    ['a\uFFFDb', 'text-damaged'],
    ['a\uD800b', 'text-damaged'],
    ['a\u0007b', 'control-character'],
    ['a\u0085b', 'control-character'],
    ['a\u2066b', 'control-character'],
    ['x'.repeat(101), 'text-too-long'],
  ])('%j is refused: %s', (raw, code) => {
    expect(readPlainText(raw, 100)).toMatchObject({ ok: false, problem: { code } });
  });
});
