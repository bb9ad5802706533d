/** An attribute as DynamoDB writes it in JSON. Numbers are decimal text, bytes are base64. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { M: Item }
  | { L: AttributeValue[] }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };

export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';

export interface Item {
  [name: string]: AttributeValue;
}

/** Levels of lists and maps in one attribute; DynamoDB's own limit. */
const DEPTH_MAX = 32;

export function typeOf(value: AttributeValue): AttributeType {
  return Object.keys(value)[0] as AttributeType;
}

/** What stands behind the type: text, boolean, list or map. */
export function contentOf(value: AttributeValue): unknown {
  return Object.values(value)[0];
}

/** A map without a prototype, so that `__proto__` is an attribute like any other. */
export function emptyItem(): Item {
  return Object.create(null) as Item;
}

/** Bytes as DynamoDB counts them: names and values, three for each container and one for each of its elements. */
export function itemSizeBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + utf8Bytes(name) + valueSizeBytes(value), 0);
}

function valueSizeBytes(value: AttributeValue): number {
  if ('S' in value) return utf8Bytes(value.S);
  if ('N' in value) return numberSizeBytes(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('M' in value) return 3 + itemSizeBytes(value.M) + Object.keys(value.M).length;
  if ('L' in value) return 3 + value.L.reduce((sum, element) => sum + 1 + valueSizeBytes(element), 0);
  if ('SS' in value) return value.SS.reduce((sum, text) => sum + utf8Bytes(text), 0);
  if ('NS' in value) return value.NS.reduce((sum, text) => sum + numberSizeBytes(text), 0);
  if ('BS' in value) return value.BS.reduce((sum, text) => sum + Buffer.byteLength(text, 'base64'), 0);
  return 1;
}

function numberSizeBytes(text: string): number {
  return 1 + Math.ceil(text.replace(/^-|\./g, '').length / 2);
}

function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** Whether lists and maps nest no deeper than DynamoDB stores. */
export function withinDepth(value: AttributeValue, depthLeft: number = DEPTH_MAX): boolean {
  if ('M' in value) return depthLeft > 0 && Object.values(value.M).every((inner) => withinDepth(inner, depthLeft - 1));
  if ('L' in value) return depthLeft > 0 && value.L.every((inner) => withinDepth(inner, depthLeft - 1));
  return true;
}
