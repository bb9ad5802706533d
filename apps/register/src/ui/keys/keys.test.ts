import { describe, expect, it } from 'vitest';
import { actionOf, startsTyping, type KeyStroke } from './action-of.ts';
import { ariaKeys, keyMap } from './key-map.ts';
import { KeyRouter } from './key-router.ts';

const stroke = (key: string, held: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  isComposing: false,
  ...held,
});

describe('which action a key stands for', () => {
  it('[CA-06] no key stands for two actions', () => {
    const names = Object.values(keyMap).flat();
    expect(new Set(names).size).toBe(names.length);
  });

  it('[CA-06] function keys act wherever the focus is', () => {
    for (const target of ['page', 'control', 'text-field', 'empty-text-field'] as const) {
      expect(actionOf(stroke('F12'), target, keyMap)).toBe('pay');
      expect(actionOf(stroke('F4'), target, keyMap)).toBe('void-line');
      expect(actionOf(stroke('F4', { shiftKey: true }), target, keyMap)).toBe('void-sale');
      expect(actionOf(stroke('Escape'), target, keyMap)).toBe('back');
    }
  });

  it('what can be typed never acts in a field that has text', () => {
    expect(actionOf(stroke('+'), 'text-field', keyMap)).toBeNull();
    expect(actionOf(stroke('?', { shiftKey: true }), 'text-field', keyMap)).toBeNull();
    expect(actionOf(stroke('+'), 'empty-text-field', keyMap)).toBe('pay');
    expect(actionOf(stroke('+', { shiftKey: true }), 'page', keyMap)).toBe('pay');
  });

  it('Enter belongs to the control that has the focus', () => {
    expect(actionOf(stroke('Enter'), 'control', keyMap)).toBeNull();
    expect(actionOf(stroke('Enter'), 'page', keyMap)).toBe('confirm');
  });

  it('a held key neither pays twice nor closes twice, but goes on through the lines', () => {
    expect(actionOf(stroke('F12', { repeat: true }), 'page', keyMap)).toBeNull();
    expect(actionOf(stroke('ArrowDown', { repeat: true }), 'page', keyMap)).toBe('next-line');
  });

  it('leaves alone what an input method or the system uses', () => {
    expect(actionOf(stroke('Enter', { isComposing: true }), 'page', keyMap)).toBeNull();
    expect(actionOf(stroke('F4', { altKey: true }), 'page', keyMap)).toBeNull();
    expect(actionOf(stroke('F2', { ctrlKey: true }), 'page', keyMap)).toBeNull();
  });

  it('typing beside every field goes to the one of the screen, but not Space, Enter or a shortcut', () => {
    expect(startsTyping(stroke('7'), 'control')).toBe(true);
    expect(startsTyping(stroke('w'), 'page')).toBe(true);
    expect(startsTyping(stroke('w'), 'text-field')).toBe(false);
    expect(startsTyping(stroke(' '), 'control')).toBe(false);
    expect(startsTyping(stroke('Enter'), 'control')).toBe(false);
    expect(startsTyping(stroke('w', { ctrlKey: true }), 'page')).toBe(false);
  });

  it('can be mapped otherwise', () => {
    const other = { ...keyMap, pay: ['F13'] };
    expect(actionOf(stroke('F13'), 'page', other)).toBe('pay');
    expect(actionOf(stroke('F12'), 'page', other)).toBeNull();
    expect(ariaKeys('pay')).toBe('F12 Plus');
  });
});

describe('who gets an action', () => {
  const layersOf = (): { router: KeyRouter; said: string[] } => ({ router: new KeyRouter(), said: [] });

  it('the screen before the shell, in whatever order they were laid', () => {
    const { router, said } = layersOf();
    router.lay('screen', () => ({ back: () => said.push('screen') }));
    router.lay('shell', () => ({ back: () => said.push('shell'), day: () => said.push('day') }));
    router.handlerOf('back')?.();
    router.handlerOf('day')?.();
    expect(said).toEqual(['screen', 'day']);
  });

  it('a dialog hides everything below it until it is gone', () => {
    const { router, said } = layersOf();
    router.lay('screen', () => ({ pay: () => said.push('pay') }));
    const close = router.lay('dialog', () => ({ back: () => said.push('close') }));
    expect(router.handlerOf('pay')).toBeNull();
    router.handlerOf('back')?.();
    close();
    router.handlerOf('pay')?.();
    expect(said).toEqual(['close', 'pay']);
  });

  it('asks for the handlers at each key, so that they are never stale', () => {
    const { router, said } = layersOf();
    let revision = 1;
    router.lay('screen', () => ({ pay: () => said.push(`revision ${revision}`) }));
    revision = 2;
    router.handlerOf('pay')?.();
    expect(said).toEqual(['revision 2']);
  });
});
