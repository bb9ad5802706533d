import type { AttributeType, AttributeValue } from '../attribute-value.ts';
import { TokenReader } from './token-reader.ts';
import type { Path, Placeholders } from './token-reader.ts';

export type Operand =
  | { kind: 'path'; path: Path }
  | { kind: 'value'; value: AttributeValue }
  | { kind: 'size'; path: Path };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { kind: 'and' | 'or'; left: Condition; right: Condition }
  | { kind: 'not'; inner: Condition }
  | { kind: 'compare'; comparator: Comparator; left: Operand; right: Operand }
  | { kind: 'between'; operand: Operand; from: Operand; to: Operand }
  | { kind: 'in'; operand: Operand; candidates: Operand[] }
  | { kind: 'exists'; path: Path; wanted: boolean }
  | { kind: 'has-type'; path: Path; type: AttributeType }
  | { kind: 'begins-with' | 'contains'; operand: Operand; part: Operand };

const COMPARATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='] satisfies Comparator[];
const TYPES: readonly string[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'] satisfies AttributeType[];
/** Parentheses and NOTs within each other. DynamoDB stops at 300 operators; this keeps the parser's own stack safe. */
const NESTING_MAX = 100;
const IN_CANDIDATES_MAX = 100;

/**
 * Parses a condition or filter expression: Amazon DynamoDB Developer Guide, "Condition and filter expressions, operators, and
 * functions". Throws `ValidationFault`.
 */
export function parseCondition(expression: string, what: string, placeholders: Placeholders): Condition {
  const reader = new TokenReader(expression, what, placeholders);
  const condition = parseOr(reader, 0);
  reader.expectEnd();
  return condition;
}

function parseOr(reader: TokenReader, depth: number): Condition {
  if (depth > NESTING_MAX) throw reader.fault('The expression contains too many operators');
  let left = parseAnd(reader, depth);
  while (reader.accept('OR')) left = { kind: 'or', left, right: parseAnd(reader, depth) };
  return left;
}

function parseAnd(reader: TokenReader, depth: number): Condition {
  let left = parseNot(reader, depth);
  while (reader.accept('AND')) left = { kind: 'and', left, right: parseNot(reader, depth) };
  return left;
}

function parseNot(reader: TokenReader, depth: number): Condition {
  if (depth > NESTING_MAX) throw reader.fault('The expression contains too many operators');
  if (reader.accept('NOT')) return { kind: 'not', inner: parseNot(reader, depth + 1) };
  if (reader.accept('(')) {
    const inner = parseOr(reader, depth + 1);
    reader.expect(')');
    return inner;
  }
  return parsePredicate(reader);
}

function parsePredicate(reader: TokenReader): Condition {
  if (reader.peek(1) === '(' && reader.peekToken()?.kind === 'word' && reader.peekToken()?.text !== 'size') {
    return parseFunction(reader);
  }
  const operand = parseOperand(reader);
  if (reader.accept('BETWEEN')) {
    const from = parseOperand(reader);
    reader.expect('AND');
    return { kind: 'between', operand, from, to: parseOperand(reader) };
  }
  if (reader.accept('IN')) return { kind: 'in', operand, candidates: parseCandidates(reader) };
  const comparator = reader.take().text;
  if (!COMPARATORS.includes(comparator)) throw reader.fault(`Syntax error; token: ${comparator}`);
  return { kind: 'compare', comparator: comparator as Comparator, left: operand, right: parseOperand(reader) };
}

function parseCandidates(reader: TokenReader): Operand[] {
  reader.expect('(');
  const candidates = [parseOperand(reader)];
  while (reader.accept(',')) candidates.push(parseOperand(reader));
  reader.expect(')');
  if (candidates.length > IN_CANDIDATES_MAX) throw reader.fault('The IN operator is provided with too many operands');
  return candidates;
}

/** Function names are case-sensitive in DynamoDB, keywords are not. */
function parseFunction(reader: TokenReader): Condition {
  const name = reader.take().text;
  reader.expect('(');
  const condition = parseArguments(reader, name);
  reader.expect(')');
  return condition;
}

function parseArguments(reader: TokenReader, name: string): Condition {
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      return { kind: 'exists', path: reader.path(), wanted: name === 'attribute_exists' };
    case 'attribute_type': {
      const path = reader.path();
      reader.expect(',');
      const type = parseOperand(reader);
      const text = type.kind === 'value' && 'S' in type.value ? type.value.S : '';
      if (!TYPES.includes(text)) throw reader.fault(`Invalid attribute type name found; type: ${text}`);
      return { kind: 'has-type', path, type: text as AttributeType };
    }
    case 'begins_with':
    case 'contains': {
      const operand = parseOperand(reader);
      reader.expect(',');
      const part = parseOperand(reader);
      const hasWrongType = part.kind === 'value' && !('S' in part.value) && !('B' in part.value);
      if (name === 'begins_with' && hasWrongType) {
        throw reader.fault('Incorrect operand type for operator or function; operator or function: begins_with');
      }
      return { kind: name === 'contains' ? 'contains' : 'begins-with', operand, part };
    }
    default:
      throw reader.fault(`Invalid function name; function: ${name}`);
  }
}

export function parseOperand(reader: TokenReader): Operand {
  if (reader.peekToken()?.text === 'size' && reader.peek(1) === '(') {
    reader.take();
    reader.expect('(');
    const path = reader.path();
    reader.expect(')');
    return { kind: 'size', path };
  }
  if (reader.peekToken()?.kind === 'value') {
    return { kind: 'value', value: reader.placeholders.value(reader.take().text) };
  }
  return { kind: 'path', path: reader.path() };
}
