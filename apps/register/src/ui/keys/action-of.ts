import type { KeyAction, KeyMap } from './key-map.ts';

/** The part of a `KeyboardEvent` that decides. */
export type KeyStroke = {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
};

/** Where the stroke lands: a text field keeps what can be typed into it, a control keeps Enter and the arrows. */
export type KeyTarget = 'page' | 'control' | 'text-field' | 'empty-text-field';

/**
 * The action a stroke stands for, or `null` when it belongs to where it landed. Function keys and Escape always act; what can be
 * typed never acts in a text field that has text. Held keys repeat only for choosing lines.
 */
export function actionOf(stroke: KeyStroke, target: KeyTarget, map: KeyMap): KeyAction | null {
  if (stroke.isComposing || stroke.ctrlKey || stroke.altKey || stroke.metaKey) return null;
  const printable = stroke.key.length === 1;
  // What needs Shift to be typed (`?`, `+`) is named by what it types.
  const name = stroke.shiftKey && !printable ? `Shift+${stroke.key}` : stroke.key;
  const action = actionNamed(name, map);
  if (action === null) return null;
  const choosesLine = action === 'previous-line' || action === 'next-line';
  if (stroke.repeat && !choosesLine) return null;
  if (printable && target === 'text-field') return null;
  if (choosesLine && (target === 'control' || target === 'text-field')) return null;
  if (action === 'confirm' && target === 'control') return null;
  return action;
}

/** A character typed where no field would take it. The space bar stays with the button that has the focus. */
export function startsTyping(stroke: KeyStroke, target: KeyTarget): boolean {
  if (stroke.isComposing || stroke.ctrlKey || stroke.altKey || stroke.metaKey) return false;
  return stroke.key.length === 1 && stroke.key !== ' ' && (target === 'page' || target === 'control');
}

function actionNamed(name: string, map: KeyMap): KeyAction | null {
  for (const [action, keys] of Object.entries(map) as [KeyAction, readonly string[]][]) {
    if (keys.includes(name)) return action;
  }
  return null;
}
