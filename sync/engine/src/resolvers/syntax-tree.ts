import type { Node } from 'acorn';

const FUNCTIONS: readonly string[] = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Methods, getters and setters hold a FunctionExpression. */
export function isFunction(node: Node): boolean {
  return FUNCTIONS.includes(node.type);
}

export function* childrenOf(node: Node): Iterable<Node> {
  for (const value of Object.values(node)) {
    for (const candidate of Array.isArray(value) ? value : [value]) {
      if (typeof candidate === 'object' && candidate !== null && typeof candidate.type === 'string')
        yield candidate as Node;
    }
  }
}
