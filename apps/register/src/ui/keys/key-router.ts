import { actionOf, startsTyping, type KeyTarget } from './action-of.ts';
import { keyMap, type KeyAction, type KeyMap } from './key-map.ts';

/** Beside the actions, `typing`: someone types while no field has the focus; what gets it now gets the character. */
export type KeyHandlers = Partial<Record<KeyAction | 'typing', () => void>>;

/** `dialog` layers hide everything below them, except the key sheet. */
export type KeyLevel = 'shell' | 'screen' | 'dialog';
const height: Record<KeyLevel, number> = { shell: 0, screen: 1, dialog: 2 };

type Layer = { level: KeyLevel; order: number; handlers: () => KeyHandlers };

/**
 * The one place where keys become actions. Screens lay their handlers over those of the shell; the topmost layer that knows an
 * action gets it. It listens outside of React, so a screen that renders never delays a key.
 */
export class KeyRouter {
  #layers: Layer[] = [];
  #order = 0;
  readonly #map: KeyMap;

  constructor(map: KeyMap = keyMap) {
    this.#map = map;
  }

  /** Puts a layer of handlers on; answers how to take it off. Handlers are asked for at each key, so they are always fresh. */
  lay(level: KeyLevel, handlers: () => KeyHandlers): () => void {
    const layer: Layer = { level, order: this.#order, handlers };
    this.#order += 1;
    this.#layers = [...this.#layers, layer].sort((a, b) => height[b.level] - height[a.level] || b.order - a.order);
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
    };
  }

  handlerOf(action: KeyAction | 'typing'): (() => void) | null {
    for (const layer of this.#layers) {
      const handler = layer.handlers()[action];
      if (handler) return handler;
      if (layer.level === 'dialog') return null;
    }
    return null;
  }

  /** Listens on a window; answers how to stop. */
  listen(target: Window): () => void {
    const receive = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const target = targetOf(event.target);
      const action = actionOf(event, target, this.#map);
      const handler = action && this.handlerOf(action);
      if (handler) {
        event.preventDefault();
        handler();
      } else if (startsTyping(event, target)) {
        this.handlerOf('typing')?.();
      }
    };
    target.addEventListener('keydown', receive);
    return () => target.removeEventListener('keydown', receive);
  }
}

function targetOf(element: EventTarget | null): KeyTarget {
  if (element instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(element.type)) {
    return element.value === '' ? 'empty-text-field' : 'text-field';
  }
  if (element instanceof HTMLTextAreaElement) return 'text-field';
  if (element instanceof HTMLElement && element.closest('button, a, select, input, [role="radiogroup"]'))
    return 'control';
  return 'page';
}
