import type { Node, Program } from 'acorn';
import { STEP_NAME } from './counted-steps.ts';
import { childrenOf, isFunction } from './syntax-tree.ts';

/** Something that APPSYNC_JS does not run, or that would behave otherwise there. */
export interface Refusal {
  line: number;
  reason: string;
}

interface Visit {
  node: Node;
  /** Depth of functions around the node; 0 is the module itself. */
  functionDepth: number;
}

const REFUSED: Readonly<Record<string, string>> = {
  AwaitExpression: 'await',
  ClassDeclaration: 'a class',
  ClassExpression: 'a class',
  ContinueStatement: 'continue',
  DebuggerStatement: 'debugger',
  DoWhileStatement: 'do … while',
  ExportAllDeclaration: 'export *',
  ExportDefaultDeclaration: 'a default export',
  ForStatement: 'for (;;)',
  ImportExpression: 'import()',
  LabeledStatement: 'a label',
  MetaProperty: 'import.meta',
  NewExpression: 'new',
  SequenceExpression: 'the comma operator',
  TaggedTemplateExpression: 'a tagged template',
  ThisExpression: 'this',
  ThrowStatement: 'throw (util.error raises an error)',
  TryStatement: 'try',
  UpdateExpression: '++ and --',
  WhileStatement: 'while',
  WithStatement: 'with',
  YieldExpression: 'yield',
};

const REFUSED_OPERATORS: readonly string[] = ['instanceof', 'in', '~'];

/**
 * What in a module the hub will not run because AppSync would not. The list is that of AWS's own ESLint plugin
 * (`@aws-appsync/eslint-plugin` 2.0, as far as it needs no types), and beyond it `throw`, `new` and mutable variables of the module,
 * which the plugin lets through and AppSync does not, or which would remember one request in the next.
 */
export function refusalsIn(program: Program): Refusal[] {
  const refusals: Refusal[] = [];
  const pending: Visit[] = [{ node: program, functionDepth: 0 }];
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    const { node, functionDepth } = visit;
    const reason = reasonAgainst(node, functionDepth);
    if (reason !== undefined) refusals.push({ line: node.loc?.start.line ?? 0, reason });
    const depth = functionDepth + (isFunction(node) ? 1 : 0);
    for (const child of childrenOf(node)) pending.push({ node: child, functionDepth: depth });
  }
  return refusals.sort((a, b) => a.line - b.line);
}

function reasonAgainst(node: Node, functionDepth: number): string | undefined {
  const refused = REFUSED[node.type];

  if (refused !== undefined) return refused;
  const detail = node as Node & Record<string, unknown>;
  if (detail.async === true) return 'async';
  if (detail.generator === true) return 'a generator';
  if (detail.await === true) return 'for await';
  if (detail.regex !== undefined) return 'a regular expression';
  if (typeof detail.operator === 'string' && REFUSED_OPERATORS.includes(detail.operator))
    return `the operator ${detail.operator}`;
  if (detail.name === STEP_NAME) return `the name ${STEP_NAME}`;
  if (node.type === 'VariableDeclaration' && detail.kind === 'var') return 'var';
  if (node.type === 'VariableDeclaration' && functionDepth === 0 && detail.kind !== 'const')
    return 'a mutable variable of the module';
  return undefined;
}
