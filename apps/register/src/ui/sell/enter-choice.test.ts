import { describe, expect, it } from 'vitest';
import { foundItems } from '../gallery/fixtures.ts';
import { enterChoice } from './enter-choice.ts';

const found = { text: 'linen', items: foundItems };

describe('what Enter means in the search field', () => {
  it('nothing in an empty field', () => {
    expect(enterChoice({ text: '  ', found, chosen: null })).toEqual({ kind: 'nothing' });
  });

  it('the result the arrows are on', () => {
    expect(enterChoice({ text: 'linen', found, chosen: 2 })).toEqual({ kind: 'item', itemId: foundItems[2]?.itemId });
  });

  it('the first result when nobody chose', () => {
    expect(enterChoice({ text: 'linen', found, chosen: null })).toEqual({
      kind: 'item',
      itemId: foundItems[0]?.itemId,
    });
  });

  it('never a result of another text: answers may lag behind the field', () => {
    expect(enterChoice({ text: 'linen s', found, chosen: 0 })).toEqual({ kind: 'code', code: 'linen s' });
  });

  it('digits are a code, even when the search found something', () => {
    const digits = { text: '4006381333931', items: foundItems };
    expect(enterChoice({ text: '4006381333931', found: digits, chosen: null })).toEqual({
      kind: 'code',
      code: '4006381333931',
    });
    expect(enterChoice({ text: '4006381333931', found: digits, chosen: 0 }).kind).toBe('item');
  });

  it('a text that finds nothing is tried as a code', () => {
    expect(enterChoice({ text: 'LS-0114-WM', found: { text: 'LS-0114-WM', items: [] }, chosen: null })).toEqual({
      kind: 'code',
      code: 'LS-0114-WM',
    });
  });
});
