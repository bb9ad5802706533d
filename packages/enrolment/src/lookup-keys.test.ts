import { describe, expect, test } from 'vitest';
import { createLookupKeys, NAME_WORDS_MAX } from './lookup-keys.ts';

const keys = createLookupKeys(Buffer.alloc(32, 7).toString('base64'));

describe('a blind key', () => {
  test.each([
    ['mail', ' Aoife.Byrne@Example.IE ', 'aoife.byrne@example.ie'],
    ['phone', '+353 (1) 555-0100', '00353 1 5550100'],
    ['phone', '01 555 0100', '015550100'],
  ] as const)('of a %s is the same however it is written', (kind, left, right) => {
    expect(keys[kind](left)).toMatch(/^[0-9a-f]{64}$/);
    expect(keys[kind](left)).toBe(keys[kind](right));
  });

  test('of a name is one for each word, in any order, case and accent', () => {
    expect(keys.name('Núñez, Mateo')).toEqual(keys.name('mateo NUNEZ mateo'));
    expect(keys.name('Mateo Núñez')).toHaveLength(2);
    expect(keys.name('Mateo Núñez')).toEqual(expect.arrayContaining(keys.name('nunez')));
    expect(keys.name('a b c d e f g h i j')).toHaveLength(NAME_WORDS_MAX);
  });

  test.each(['obrien', 'O Brien', 'o’brien', 'brien sinead'])('of Sinéad O’Brien is found by %s', (typed) => {
    expect(keys.name('Sinéad O’Brien')).toEqual(expect.arrayContaining(keys.name(typed)));
  });

  test('depends on the tenant and on what it is of', () => {
    const others = createLookupKeys(Buffer.alloc(32, 8).toString('base64'));
    expect(others.mail('a@b.c')).not.toBe(keys.mail('a@b.c'));
    expect(keys.name('0155501')).not.toContain(keys.phone('0155501'));
  });

  test.each(['', 'nobody', 'a@', '@b', 'a b@c', `${'x'.repeat(400)}@example.com`])(
    'there is none of the mail %j',
    (text) => {
      expect(keys.mail(text)).toBeNull();
    },
  );

  test.each(['', '12345', 'call me', '1234567890123456789', 'W-7F3K-2942'])('there is none of the phone %j', (text) => {
    expect(keys.phone(text)).toBeNull();
  });

  test('needs a key of 32 bytes', () => {
    expect(() => createLookupKeys('AAAA')).toThrow(RangeError);
  });
});
