import type { AttributeValue } from '../attribute-value.ts';
import { ValidationFault } from '../table-fault.ts';
import { isReservedWord } from './reserved-words.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** An attribute, and what is inside it: names of maps, positions in lists. */
export type Path = readonly [string, ...(string | number)[]];

/** The `#names` and `:values` of a request, and which of them some expression has used. */
export class Placeholders {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Readonly<Record<string, AttributeValue>>;
  readonly #used = new Set<string>();

  constructor(names: Readonly<Record<string, string>> = {}, values: Readonly<Record<string, AttributeValue>> = {}) {
    this.#names = names;
    this.#values = values;
  }

  name(placeholder: string): string {
    this.#used.add(placeholder);
    const name = Object.hasOwn(this.#names, placeholder) ? this.#names[placeholder] : undefined;
    if (name === undefined) {
      throw new ValidationFault(
        `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
    }
    return name;
  }

  value(placeholder: string): AttributeValue {
    this.#used.add(placeholder);
    const value = Object.hasOwn(this.#values, placeholder) ? this.#values[placeholder] : undefined;
    if (value === undefined) {
      throw new ValidationFault(
        `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    }
    return value;
  }

  /** DynamoDB refuses a request that brings more than its expressions use. */
  requireAllUsed(): void {
    const unusedName = Object.keys(this.#names).find((name) => !this.#used.has(name));
    if (unusedName !== undefined) {
      throw new ValidationFault(
        `Value provided in ExpressionAttributeNames unused in expressions: keys: {${unusedName}}`,
      );
    }
    const unusedValue = Object.keys(this.#values).find((name) => !this.#used.has(name));
    if (unusedValue !== undefined) {
      throw new ValidationFault(
        `Value provided in ExpressionAttributeValues unused in expressions: keys: {${unusedValue}}`,
      );
    }
  }
}

/** Reads an expression token by token. Its errors carry the expression's name, as DynamoDB's do. */
export class TokenReader {
  readonly placeholders: Placeholders;
  readonly #what: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(expression: string, what: string, placeholders: Placeholders) {
    this.#what = what;
    this.#tokens = tokensOf(expression, what);
    this.placeholders = placeholders;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The word of the next token in capitals, or its symbol; empty at the end. */
  peek(ahead = 0): string {
    const token = this.#tokens[this.#at + ahead];
    if (!token) return '';
    return token.kind === 'word' ? token.text.toUpperCase() : token.text;
  }

  /** The next token as it is written. */
  peekToken(): Token | undefined {
    return this.#tokens[this.#at];
  }

  take(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw this.fault('Syntax error; unexpected end of the expression');
    this.#at++;
    return token;
  }

  /** Takes the next token if it is this word or symbol. */
  accept(text: string): boolean {
    if (this.peek() !== text) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.fault(`Syntax error; token: ${this.peek() || '<EOF>'}, expected: ${text}`);
  }

  expectEnd(): void {
    if (!this.isAtEnd) throw this.fault(`Syntax error; token: ${this.peek()}`);
  }

  path(): Path {
    const path: [string, ...(string | number)[]] = [this.#attributeName()];
    for (;;) {
      if (this.accept('.')) path.push(this.#attributeName());
      else if (this.accept('[')) {
        const index = this.take();
        if (index.kind !== 'number') throw this.fault(`Syntax error; token: ${index.text}`);
        path.push(Number(index.text));
        this.expect(']');
      } else return path;
    }
  }

  fault(message: string): ValidationFault {
    return new ValidationFault(`Invalid ${this.#what}: ${message}`);
  }

  #attributeName(): string {
    const token = this.take();
    if (token.kind === 'name') return this.placeholders.name(token.text);
    if (token.kind !== 'word') throw this.fault(`Syntax error; token: ${token.text}`);
    if (isReservedWord(token.text)) {
      throw this.fault(`Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
    }
    return token.text;
  }
}
