/** One line of JSON per event on standard error; texts from outside are cut and escaped by JSON itself. */
export type Log = (level: 'info' | 'warn' | 'error', event: string, detail?: Readonly<Record<string, unknown>>) => void;

const VALUE_CHARS_MAX = 500;
/** Control characters and line breaks that JSON lets through and a terminal obeys. */
const LEFT_BY_JSON = /[\u007f-\u009f\u2028\u2029]/g;

export function createLog(write: (line: string) => void, nowMs: () => number): Log {
  return (level, event, detail = {}) => {
    const cut = Object.entries(detail).map(([name, value]) => [name, readable(value)]);
    const line = JSON.stringify({ at: new Date(nowMs()).toISOString(), level, event, ...Object.fromEntries(cut) });
    write(`${line.replace(LEFT_BY_JSON, escaped)}\n`);
  };
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function readable(value: unknown): unknown {
  if (value instanceof Error) return `${value.name}: ${value.message}`.slice(0, VALUE_CHARS_MAX);
  return typeof value === 'string' ? value.slice(0, VALUE_CHARS_MAX) : value;
}
