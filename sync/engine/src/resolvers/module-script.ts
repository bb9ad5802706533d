import { parse } from 'acorn';
import type { ImportDeclaration, Program } from 'acorn';
import { refusalsIn } from './refusals.ts';
import { countedSteps, STEP_NAME } from './counted-steps.ts';
import type { Edit } from './counted-steps.ts';
import { ResolverRefused } from './resolver-fault.ts';

/** AppSync's quota for the code of one resolver or function. */
const CODE_BYTES_MAX = 32 * 1024;
const UTILS_MODULE = '@aws-appsync/utils';

export type HandlerName = 'request' | 'response';

/**
 * Rewrites a deployable resolver module into a script that defines its handlers inside one function, so that a plain `node:vm`
 * context runs it: Node's own modules in contexts are experimental. `import` and `export` are taken out and steps are counted, see
 * `countedSteps`; lines stay.
 *
 * Throws `ResolverRefused` with every reason.
 */
export function moduleScript(file: string, code: string): string {
  if (Buffer.byteLength(code) > CODE_BYTES_MAX) throw new ResolverRefused(file, [`more than ${CODE_BYTES_MAX} bytes`]);
  const program = parsed(file, code);
  const reasons = refusalsIn(program).map(({ line, reason }) => `line ${line}: ${reason}`);
  const edits: Edit[] = countedSteps(program);
  const exported = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      reasons.push(...importRefusals(statement));
      edits.push({ from: statement.start, to: statement.end, text: importText(statement) });
    }
    if (statement.type === 'ExportNamedDeclaration') {
      const { declaration } = statement;
      if (declaration?.type === 'FunctionDeclaration') {
        exported.add(declaration.id.name);
        edits.push({ from: statement.start, to: declaration.start, text: '' });
      } else reasons.push('exports other than functions');
    }
  }
  for (const name of ['request', 'response']) if (!exported.has(name)) reasons.push(`no exported function ${name}`);
  if (reasons.length > 0) throw new ResolverRefused(file, reasons);
  return `(function (util, runtime, extensions, ${STEP_NAME}) { 'use strict'; ${edited(code, edits)}\nreturn { request, response }; })`;
}

function parsed(file: string, code: string): Program {
  try {
    return parse(code, { ecmaVersion: 2022, sourceType: 'module', locations: true });
  } catch (error) {
    throw new ResolverRefused(file, [error instanceof Error ? error.message : String(error)]);
  }
}

function importRefusals(statement: ImportDeclaration): string[] {
  if (statement.source.value !== UTILS_MODULE) return [`import of ${String(statement.source.value)}`];
  const names = statement.specifiers.map((specifier) =>
    specifier.type === 'ImportSpecifier' ? importedName(specifier.imported) : '*',
  );
  return names
    .filter((name) => !['util', 'runtime', 'extensions'].includes(name))
    .map((name) => `import of ${name} from ${UTILS_MODULE}`);
}

/** Imports become constants only where they are renamed; the others are the function's parameters. */
function importText(statement: ImportDeclaration): string {
  return statement.specifiers
    .map((specifier) => {
      const name = specifier.type === 'ImportSpecifier' ? importedName(specifier.imported) : '';
      return name === specifier.local.name ? '' : `const ${specifier.local.name} = ${name};`;
    })
    .join(' ');
}

function importedName(imported: { type: string; name?: string; value?: unknown }): string {
  return imported.name ?? String(imported.value);
}

function edited(code: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    text += code.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return text + code.slice(at);
}
