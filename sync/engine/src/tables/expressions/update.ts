import type { AttributeValue } from '../attribute-value.ts';
import { TokenReader } from './token-reader.ts';
import type { Path, Placeholders } from './token-reader.ts';

export type UpdateValue =
  | { kind: 'path'; path: Path }
  | { kind: 'value'; value: AttributeValue }
  | { kind: 'if-not-exists'; path: Path; otherwise: UpdateValue }
  | { kind: 'list-append'; left: UpdateValue; right: UpdateValue }
  | { kind: 'sum'; left: UpdateValue; right: UpdateValue; sign: 1 | -1 };

export type UpdateAction =
  | { kind: 'set'; path: Path; value: UpdateValue }
  | { kind: 'remove'; path: Path }
  | { kind: 'add' | 'delete'; path: Path; value: AttributeValue };

const WHAT = 'UpdateExpression';
const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
/** Functions within each other; keeps the parser's own stack safe. */
const NESTING_MAX = 32;

/** Parses an update expression: Amazon DynamoDB Developer Guide, "Update expressions". Throws `ValidationFault`. */
export function parseUpdate(expression: string, placeholders: Placeholders): UpdateAction[] {
  const reader = new TokenReader(expression, WHAT, placeholders);
  const actions: UpdateAction[] = [];
  const seen = new Set<string>();
  while (!reader.isAtEnd) {
    const section = SECTIONS.find((word) => reader.accept(word));
    if (!section) throw reader.fault(`Syntax error; token: ${reader.peek()}`);
    if (seen.has(section))
      throw reader.fault(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    do actions.push(parseAction(reader, section));
    while (reader.accept(','));
  }
  refuseOverlap(reader, actions);
  return actions;
}

function parseAction(reader: TokenReader, section: (typeof SECTIONS)[number]): UpdateAction {
  const path = reader.path();
  if (section === 'REMOVE') return { kind: 'remove', path };
  if (section === 'SET') {
    reader.expect('=');
    return { kind: 'set', path, value: parseValue(reader, 0) };
  }
  const operand = reader.take();
  if (operand.kind !== 'value') throw reader.fault(`Syntax error; token: ${operand.text}`);
  return { kind: section === 'ADD' ? 'add' : 'delete', path, value: reader.placeholders.value(operand.text) };
}

function parseValue(reader: TokenReader, depth: number): UpdateValue {
  const left = parseTerm(reader, depth);
  if (reader.accept('+')) return { kind: 'sum', left, right: parseTerm(reader, depth), sign: 1 };
  if (reader.accept('-')) return { kind: 'sum', left, right: parseTerm(reader, depth), sign: -1 };
  return left;
}

function parseTerm(reader: TokenReader, depth: number): UpdateValue {
  if (depth > NESTING_MAX) throw reader.fault('The expression contains too many operators');
  const token = reader.peekToken();
  if (token?.kind === 'value') {
    reader.take();
    return { kind: 'value', value: reader.placeholders.value(token.text) };
  }
  if (reader.accept('(')) {
    const inner = parseValue(reader, depth + 1);
    reader.expect(')');
    return inner;
  }
  if (token?.kind !== 'word' || reader.peek(1) !== '(') return { kind: 'path', path: reader.path() };
  reader.take();
  reader.expect('(');
  const value = parseFunction(reader, token.text, depth + 1);
  reader.expect(')');
  return value;
}

function parseFunction(reader: TokenReader, name: string, depth: number): UpdateValue {
  if (name === 'if_not_exists') {
    const path = reader.path();
    reader.expect(',');
    return { kind: 'if-not-exists', path, otherwise: parseTerm(reader, depth) };
  }
  if (name === 'list_append') {
    const left = parseTerm(reader, depth);
    reader.expect(',');
    return { kind: 'list-append', left, right: parseTerm(reader, depth) };
  }
  throw reader.fault(`Invalid function name; function: ${name}`);
}

function refuseOverlap(reader: TokenReader, actions: readonly UpdateAction[]): void {
  actions.forEach((action, index) => {
    const other = actions.slice(index + 1).find(({ path }) => overlaps(action.path, path));
    if (!other) return;
    throw reader.fault(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${action.path.join(', ')}], path two: [${other.path.join(', ')}]`,
    );
  });
}

function overlaps(a: Path, b: Path): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.every((step, index) => step === long[index]);
}
