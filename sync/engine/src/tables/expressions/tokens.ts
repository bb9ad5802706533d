import { ValidationFault } from '../table-fault.ts';

export interface Token {
  kind: 'word' | 'name' | 'value' | 'number' | 'symbol';
  text: string;
}

/** DynamoDB's limit for one expression. */
const EXPRESSION_BYTES_MAX = 4096;

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([0-9]+)|(<>|<=|>=|[=<>+\-(),.[\]]))/y;
const KINDS = ['word', 'name', 'value', 'number', 'symbol'] as const;

/** Cuts an expression into tokens. `what` names it in the fault. */
export function tokensOf(expression: string, what: string): Token[] {
  if (Buffer.byteLength(expression) > EXPRESSION_BYTES_MAX) {
    throw new ValidationFault(`Invalid ${what}: Expression size has exceeded the maximum allowed size`);
  }
  const text = expression.trim();
  if (text === '') throw new ValidationFault(`Invalid ${what}: The expression can not be empty;`);
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    const at = match ? match.slice(1).findIndex((group) => group !== undefined) : -1;
    const kind = KINDS[at];
    if (!match || !kind)
      throw new ValidationFault(`Invalid ${what}: Syntax error; token: "${text.slice(from, from + 10)}"`);
    tokens.push({ kind, text: match[at + 1] as string });
  }
  return tokens;
}
