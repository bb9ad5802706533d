import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { HandlerName } from './module-script.ts';
import { moduleScript } from './module-script.ts';
import { ResolverError } from './resolver-fault.ts';

/** What a handler is given: AppSync's context object as JSON. */
export interface ResolverContext {
  arguments: Record<string, unknown>;
  args: Record<string, unknown>;
  identity: Record<string, unknown> | null;
  source: unknown;
  stash: Record<string, unknown>;
  prev: { result: unknown } | null;
  result?: unknown;
  error?: { message: string; type: string } | null;
  env: Record<string, string>;
  request: { headers: Record<string, string>; domainName: string | null };
  info: { fieldName: string; parentTypeName: string; variables: Record<string, unknown>; selectionSetList: string[] };
}

export interface AppendedError {
  message: string;
  errorType: string | null;
  data: unknown;
  errorInfo: unknown;
}

/** How a handler ended. `return` is `runtime.earlyReturn`, `end` the same with `skipTo: 'END'`; an error is thrown instead. */
export interface HandlerAnswer {
  kind: 'value' | 'return' | 'end';
  value: unknown;
  stash: Record<string, unknown>;
  appended: AppendedError[];
  filter: unknown;
}

/** A loaded resolver or function. `call` throws `ResolverError`: the handler's own, or `Code` when it failed or took too long. */
export interface LoadedResolver {
  file: string;
  call(handler: HandlerName, context: ResolverContext): HandlerAnswer;
}

export interface RuntimeNeeds {
  nowMs: () => number;
  uuid: () => string;
  /** How long one handler may run. AppSync stops the whole request after 30 s; a handler that needs more than this is broken. */
  handlerTimeoutMs?: number;
}

interface Realm {
  util: unknown;
  runtime: unknown;
  extensions: unknown;
  call: (handlers: unknown, name: HandlerName, contextText: string) => string;
}

type Handlers = (util: unknown, runtime: unknown, extensions: unknown) => unknown;

const HANDLER_TIMEOUT_MS = 1_000;
const PRELUDE = readFileSync(new URL('./prelude.cjs', import.meta.url), 'utf8');

/**
 * Loads one deployable file into a context of its own. The file runs as AppSync would run it, or not at all: see `refusalsIn`.
 * The context is no wall against hostile code; it keeps honest code from leaning on what AppSync does not have.
 *
 * Throws `ResolverRefused`.
 */
export function loadResolver(file: string, code: string, needs: RuntimeNeeds): LoadedResolver {
  const timeout = needs.handlerTimeoutMs ?? HANDLER_TIMEOUT_MS;
  const script = new Script(moduleScript(file, code), { filename: file });
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  const preludeOf = new Script(PRELUDE, { filename: 'prelude.cjs' }).runInContext(context) as (
    nowMs: () => number,
    uuid: () => string,
  ) => Realm;
  const realm = preludeOf(needs.nowMs, needs.uuid);
  const handlers = (script.runInContext(context, { timeout }) as Handlers)(realm.util, realm.runtime, realm.extensions);
  // Set anew before every call; only this script reads it, because resolvers have no `globalThis`.
  const slots: { run: () => string } = { run: () => '' };
  Object.defineProperty(context, '__run', { value: () => slots.run() });
  const runner = new Script('__run()', { filename: 'runner' });
  return {
    file,
    call: (handler, resolverContext) => {
      const contextText = JSON.stringify(resolverContext);
      slots.run = () => realm.call(handlers, handler, contextText);
      return answerOf(file, () => runner.runInContext(context, { timeout }) as string);
    },
  };
}

function answerOf(file: string, run: () => string): HandlerAnswer {
  let text: string;
  try {
    text = run();
  } catch (error) {
    // Errors of another realm are not `instanceof Error` here.
    const message =
      typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
    throw new ResolverError(`${file}: ${message}`, 'Code');
  }
  const answer = JSON.parse(text) as HandlerAnswer | { kind: 'error'; value: AppendedError };
  if (answer.kind !== 'error') return answer;
  const { message, errorType, data, errorInfo } = answer.value;
  throw new ResolverError(message, errorType ?? 'Custom', data, errorInfo);
}
