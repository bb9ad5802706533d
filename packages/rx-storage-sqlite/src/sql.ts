import type { SqlValue } from '@evertill/sqlite';

/** A piece of SQL with the values for its question marks, in order. */
export interface Sql {
  text: string;
  params: SqlValue[];
}

export const TRUE: Sql = { text: '1', params: [] };
export const FALSE: Sql = { text: '0', params: [] };

export function sql(text: string, ...params: SqlValue[]): Sql {
  return { text, params };
}

export function joined(parts: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  if (parts.length === 1) return parts[0] as Sql;
  return {
    text: parts.map(({ text }) => `(${text})`).join(` ${operator} `),
    params: parts.flatMap(({ params }) => params),
  };
}

/** A comparison with a missing value is NULL, which counts as false; under a NOT it must be made false first. */
export function negated(part: Sql): Sql {
  return { text: `NOT coalesce((${part.text}), 0)`, params: part.params };
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
