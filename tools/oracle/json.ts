/** The little that is needed to read JSON which is not believed. */
export type Json = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function objectAt(object: Json, key: string): Json | null {
  const value = object[key];
  return isObject(value) ? value : null;
}

export function textAt(object: Json, key: string): string | null {
  const value = object[key];
  return typeof value === 'string' ? value : null;
}

/** `NaN` where there is no number: it equals nothing, so that what is missing is never taken for right. */
export function numberAt(object: Json, key: string): number {
  const value = object[key];
  return typeof value === 'number' ? value : Number.NaN;
}

export function listAt(object: Json, key: string): Json[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}
