/** What can be done with a key. One list: buttons, the key sheet and the listener all read it. */
export type KeyAction =
  | 'help'
  | 'search'
  | 'quantity'
  | 'void-line'
  | 'void-sale'
  | 'suspend'
  | 'suspended'
  | 'devices'
  | 'orders'
  | 'stock'
  | 'reprint'
  | 'day'
  | 'close-till'
  | 'pay'
  | 'back'
  | 'confirm'
  | 'previous-line'
  | 'next-line';

/** `event.key`, with `Shift+` before it where Shift must be held. */
export type KeyName = string;

/** The first key of an action is the one shown on its button. */
export type KeyMap = Readonly<Record<KeyAction, readonly KeyName[]>>;

export const keyMap: KeyMap = {
  help: ['F1', '?'],
  search: ['F2'],
  quantity: ['F3'],
  'void-line': ['F4'],
  'void-sale': ['Shift+F4'],
  orders: ['F5'],
  suspend: ['F6'],
  suspended: ['F7'],
  devices: ['F8'],
  reprint: ['F9'],
  day: ['F10'],
  stock: ['F11'],
  'close-till': ['Shift+F10'],
  pay: ['F12', '+'],
  back: ['Escape'],
  confirm: ['Enter'],
  'previous-line': ['ArrowUp'],
  'next-line': ['ArrowDown'],
};

const labels: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  'Shift+F4': '⇧F4',
  'Shift+F10': '⇧F10',
};

/** How a key is written on a button. */
export const keyLabel = (key: KeyName): string => labels[key] ?? key;

/** The label of an action's first key. */
export const actionKeyLabel = (action: KeyAction, map: KeyMap = keyMap): string => keyLabel(map[action][0] ?? '');

/** For `aria-keyshortcuts`: the keys of an action in ARIA's notation (`Shift+F4 Plus`). */
export const ariaKeys = (action: KeyAction, map: KeyMap = keyMap): string =>
  map[action].map((key) => (key === '+' ? 'Plus' : key)).join(' ');
