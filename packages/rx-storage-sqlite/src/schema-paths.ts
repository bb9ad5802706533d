import { getPrimaryFieldOfPrimaryKey } from 'rxdb';
import type { RxJsonSchema } from 'rxdb';
import { quoted } from './sql.ts';

export type PathKind = 'string' | 'number' | 'boolean';

/** A place in a document that SQL can read as one value: declared as text, number or boolean, with plain objects above it. */
export interface SchemaPath {
  path: string;
  segments: readonly string[];
  kind: PathKind;
  /** The SQL that reads it. */
  expression: string;
  /** The JSON path, or null for what every document has in a column of its own (id, deleted, last write time). */
  jsonPath: string | null;
  /** A column filled on writing, for the paths that an index of the schema names. */
  column: string | null;
}

interface PropertySchema {
  type?: string | readonly string[];
  properties?: Record<string, PropertySchema>;
}

/** RxDB's meta data lies in columns of the table. */
const META_PATHS: Record<string, { kind: PathKind; expression: string }> = {
  _deleted: { kind: 'boolean', expression: 'deleted' },
  '_meta.lwt': { kind: 'number', expression: 'lwt' },
};

/** Keys that need no quoting in a JSON path; any other key is left to JavaScript. */
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

const DEPTH_MAX = 8;

/** The paths of a schema that SQL can read, by name. Everything else (arrays, unions, free objects) is for JavaScript. */
export function pathsOfSchema<T>(schema: RxJsonSchema<T>): Map<string, SchemaPath> {
  const primary = String(getPrimaryFieldOfPrimaryKey(schema.primaryKey));
  const indexed = indexedPaths(schema);
  const found = new Map<string, SchemaPath>();
  const visit = (properties: Record<string, PropertySchema>, above: readonly string[]): void => {
    for (const [key, property] of Object.entries(properties)) {
      const segments = [...above, key];
      const path = segments.join('.');
      if (!PLAIN_KEY.test(key) || segments.length > DEPTH_MAX) continue;
      if (property.properties) visit(property.properties, segments);
      const kind = kindOf(property);
      if (kind) found.set(path, schemaPath(path, segments, kind, path === primary, indexed.has(path)));
    }
  };
  visit(schema.properties as Record<string, PropertySchema>, []);
  for (const [path, { kind, expression }] of Object.entries(META_PATHS)) {
    found.set(path, { path, segments: path.split('.'), kind, expression, jsonPath: null, column: null });
  }
  return found;
}

/** The fields of each index as RxDB filled them in, `_deleted` and the primary key included. */
export function indexesOfSchema<T>(schema: RxJsonSchema<T>): string[][] {
  return (schema.indexes ?? []).map((index) => (typeof index === 'string' ? [index] : [...index]));
}

function indexedPaths<T>(schema: RxJsonSchema<T>): Set<string> {
  return new Set(indexesOfSchema(schema).flat());
}

function schemaPath(
  path: string,
  segments: readonly string[],
  kind: PathKind,
  isPrimary: boolean,
  isIndexed: boolean,
): SchemaPath {
  if (isPrimary) return { path, segments, kind, expression: 'id', jsonPath: null, column: null };
  const jsonPath = `$.${path}`;
  const column = isIndexed ? quoted(`field_${path}`) : null;
  return { path, segments, kind, expression: column ?? `json_extract(json, '${jsonPath}')`, jsonPath, column };
}

function kindOf({ type }: PropertySchema): PathKind | null {
  const types = (typeof type === 'string' ? [type] : (type ?? [])).filter((name) => name !== 'null');
  switch (types.length === 1 ? types[0] : undefined) {
    case 'string':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return null;
  }
}
