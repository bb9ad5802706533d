import type { SqlValue } from '@evertill/sqlite';
import { flagsOfText } from './path-profile.ts';
import type { PathProfile } from './path-profile.ts';
import type { SchemaPath } from './schema-paths.ts';
import { FALSE, joined, negated, sql, TRUE } from './sql.ts';
import type { Sql } from './sql.ts';

/**
 * A selector in SQL. `where` never loses a document that matches; when `exact`, it also lets none through that does not, and SQL
 * may sort, limit and count. Otherwise RxDB's own matcher looks at what `where` let through.
 */
export interface WhereClause {
  where: Sql;
  exact: boolean;
}

export interface SelectorContext {
  paths: ReadonlyMap<string, SchemaPath>;
  profile: PathProfile;
}

/** SQLite takes more, but a long list is a sign of a join that belongs elsewhere. */
const IN_LIST_MAX = 500;

const UNKNOWN: WhereClause = { where: TRUE, exact: false };

/** Translates a Mango selector, the meaning of each operator being that of mingo, which RxDB's other storages run. */
export function whereClause(selector: unknown, context: SelectorContext): WhereClause {
  if (!isPlainObject(selector)) return UNKNOWN;
  return allOf(Object.entries(selector).map(([key, value]) => clauseOf(key, value, context)));
}

function clauseOf(key: string, value: unknown, context: SelectorContext): WhereClause {
  if (key === '$and' || key === '$or' || key === '$nor') {
    if (!Array.isArray(value) || value.length === 0) return UNKNOWN;
    const parts = value.map((part) => whereClause(part, context));
    if (key === '$and') return allOf(parts);
    const any: WhereClause = { where: joined(wheres(parts), 'OR'), exact: parts.every(({ exact }) => exact) };
    if (key === '$or') return any;
    return any.exact ? { where: negated(any.where), exact: true } : UNKNOWN;
  }
  const path = context.paths.get(key);
  if (!path || context.profile.has(key, 'irregular')) return UNKNOWN;
  return matcherClause(path, value, context.profile);
}

function matcherClause(path: SchemaPath, matcher: unknown, profile: PathProfile): WhereClause {
  if (!isPlainObject(matcher)) return exactOrUnknown(equal(path, matcher));
  const operators = Object.entries(matcher);
  if (operators.length === 0) return UNKNOWN;
  return allOf(operators.map(([operator, operand]) => operatorClause(path, operator, operand, profile)));
}

function operatorClause(path: SchemaPath, operator: string, operand: unknown, profile: PathProfile): WhereClause {
  switch (operator) {
    case '$eq':
      return exactOrUnknown(equal(path, operand));
    case '$ne':
      return exactOrUnknown(negatedOrNull(equal(path, operand)));
    case '$gt':
      return exactOrUnknown(compared(path, '>', operand, profile));
    case '$gte':
      return exactOrUnknown(compared(path, '>=', operand, profile));
    case '$lt':
      return exactOrUnknown(compared(path, '<', operand, profile));
    case '$lte':
      return exactOrUnknown(compared(path, '<=', operand, profile));
    case '$in':
      return exactOrUnknown(oneOf(path, operand));
    case '$nin':
      return exactOrUnknown(negatedOrNull(oneOf(path, operand)));
    case '$exists':
      return exactOrUnknown(exists(path, operand));
    case '$not': {
      const inner = matcherClause(path, operand, profile);
      return isPlainObject(operand) && inner.exact ? { where: negated(inner.where), exact: true } : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** null and a missing value are equal to each other, in mingo as in SQL here. */
function equal(path: SchemaPath, operand: unknown): Sql | null {
  if (operand === undefined || operand === null) return sql(`${path.expression} IS NULL`);
  if (!isPrimitive(operand)) return null;
  const value = boundValue(path, operand);
  if (value === undefined) return null;
  return value === null ? FALSE : sql(`${path.expression} = ?`, value);
}

/** Compares within the declared kind: a text is neither above nor below a number. */
function compared(path: SchemaPath, operator: string, operand: unknown, profile: PathProfile): Sql | null {
  if (!isPrimitive(operand)) return null;
  const value = boundValue(path, operand);
  if (value === undefined) return null;
  if (value === null) return FALSE;
  if (typeof operand === 'string' && !profile.ordersAlike(path.path, operand)) return null;
  return sql(`${path.expression} ${operator} ?`, value);
}

function oneOf(path: SchemaPath, operand: unknown): Sql | null {
  if (!Array.isArray(operand) || operand.length > IN_LIST_MAX) return null;
  const values: SqlValue[] = [];
  let acceptsNull = false;
  for (const item of operand as unknown[]) {
    if (item === null) {
      acceptsNull = true;
      continue;
    }
    if (!isPrimitive(item)) return null;
    const value = boundValue(path, item);
    if (value === undefined) return null;
    if (value !== null) values.push(value);
  }
  const parts: Sql[] = [];
  if (values.length > 0) parts.push(sql(`${path.expression} IN (${values.map(() => '?').join(',')})`, ...values));
  if (acceptsNull) parts.push(sql(`${path.expression} IS NULL`));
  return parts.length === 0 ? FALSE : joined(parts, 'OR');
}

/** Here null does count as a value, so the column, which cannot tell it from a missing one, is of no use. */
function exists(path: SchemaPath, operand: unknown): Sql | null {
  if (typeof operand !== 'boolean') return null;
  if (path.jsonPath === null) return operand ? TRUE : FALSE;
  return sql(`json_type(json, '${path.jsonPath}') IS ${operand ? 'NOT ' : ''}NULL`);
}

/**
 * What to bind for an operand: null when it is of another kind than the path and so matches nothing, undefined when SQLite cannot hold it
 * exactly.
 */
function boundValue(path: SchemaPath, operand: string | number | boolean): SqlValue | undefined {
  if (typeof operand !== path.kind) return null;
  if (typeof operand === 'boolean') return operand ? 1 : 0;
  if (typeof operand === 'number') return Number.isFinite(operand) ? operand : undefined;
  return flagsOfText(operand).includes('irregular') ? undefined : operand;
}

function allOf(parts: readonly WhereClause[]): WhereClause {
  const narrowing = wheres(parts).filter((part) => part !== TRUE);
  return {
    where: narrowing.length === 0 ? TRUE : joined(narrowing, 'AND'),
    exact: parts.every(({ exact }) => exact),
  };
}

const wheres = (parts: readonly WhereClause[]): Sql[] => parts.map(({ where }) => where);

const exactOrUnknown = (where: Sql | null): WhereClause => (where ? { where, exact: true } : UNKNOWN);

const negatedOrNull = (part: Sql | null): Sql | null => (part ? negated(part) : null);

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}
