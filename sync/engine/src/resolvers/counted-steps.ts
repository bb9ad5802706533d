import type { Node, Program } from 'acorn';
import { childrenOf, isFunction } from './syntax-tree.ts';

/** A piece of the text to be replaced; with `from` equal to `to`, text to be put in. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** What the rewritten file calls at each step. Refused as a name in a file. */
export const STEP_NAME = '__step';

const LOOPS: readonly string[] = ['ForOfStatement', 'ForInStatement'];

/**
 * Puts a call of `__step()` at the head of every loop's body and of every function. What APPSYNC_JS leaves of the language can go on only through one
 * of the two: `for…of` over a list that grows, or a function that calls itself. So a file cannot run without steps being counted.
 *
 * Edits at the same place come in the order in which they are to be put in.
 */
export function countedSteps(program: Program): Edit[] {
  const opening: Edit[] = [];
  const closing: Edit[] = [];
  const visit = (node: Node): void => {
    const body = (node as Node & { body?: Node }).body;
    if (body && isFunction(node)) {
      if (body.type === 'BlockStatement') opening.push(put(body.start + 1, ` ${STEP_NAME}();`));
      else {
        opening.push(put(body.start, `(${STEP_NAME}(), `));
        closing.push(put(body.end, ')'));
      }
    }
    if (body && LOOPS.includes(node.type)) {
      opening.push(put(body.start, `{ ${STEP_NAME}(); `));
      closing.push(put(body.end, ' }'));
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  // Whatever was opened last is closed first.
  return [...closing.reverse(), ...opening];
}

function put(at: number, text: string): Edit {
  return { from: at, to: at, text };
}
