import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { HandlerName } from './module-script.ts';
import { moduleScript } from './module-script.ts';
import { ResolverError } from './resolver-fault.ts';

/** What a handler is given: AppSync's context object as JSON. */
export interface ResolverContext {
  /** What a handler sees as `ctx.arguments` and `ctx.args`. */
  args: Record<string, unknown>;
  identity: Record<string, unknown> | null;
  source: unknown;
  stash: Record<string, unknown>;
  prev: { result: unknown } | JsonText | null;
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

/** A value that is handed from one handler to the next without being read in between. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(): unknown {
    return JSON.parse(this.text);
  }
}

/** How a handler ended. `return` is `runtime.earlyReturn`, `end` the same with `skipTo: 'END'`; an error is thrown instead. */
export interface HandlerAnswer {
  kind: 'value' | 'return' | 'end';
  value: JsonText;
  stash: Record<string, unknown>;
  appended: AppendedError[];
  filter: unknown;
}

/** A loaded resolver or function. `call` throws `ResolverError`: the handler's own, or `Code` when it failed or did not end. */
export interface LoadedResolver {
  file: string;
  call(handler: HandlerName, context: ResolverContext): HandlerAnswer;
}

export interface RuntimeNeeds {
  nowMs: () => number;
  uuid: () => string;
}

interface Realm {
  util: unknown;
  runtime: unknown;
  extensions: unknown;
  step: () => void;
  call: (handlers: unknown, name: HandlerName, ...texts: (string | undefined)[]) => string;
}

type Handlers = (util: unknown, runtime: unknown, extensions: unknown, step: () => void) => unknown;

/** Functions entered and rounds of loops in one call. A page of 200 documents takes a few thousand; a handler that needs more is broken. */
const STEPS_MAX = 100_000;
const PRELUDE = readFileSync(new URL('./prelude.cjs', import.meta.url), 'utf8');

/**
 * Loads one deployable file into a context of its own. The file runs as AppSync would run it, or not at all: see `refusalsIn`.
 * The context is no wall against hostile code; it keeps honest code from leaning on what AppSync does not have.
 *
 * Throws `ResolverRefused`.
 */
export function loadResolver(file: string, code: string, needs: RuntimeNeeds): LoadedResolver {
  const script = new Script(moduleScript(file, code), { filename: file });
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  const preludeOf = new Script(PRELUDE, { filename: 'prelude.cjs' }).runInContext(context) as (
    nowMs: () => number,
    uuid: () => string,
    stepsMax: number,
  ) => Realm;
  const { util, runtime, extensions, step, call } = preludeOf(needs.nowMs, needs.uuid, STEPS_MAX);
  const handlers = (script.runInContext(context) as Handlers)(util, runtime, extensions, step);
  return {
    file,
    call: (handler, resolverContext) => {
      const texts = contextTexts(resolverContext);
      return answerOf(file, () => call(handlers, handler, ...texts));
    },
  };
}

/** In the order in which the prelude takes them. */
function contextTexts(context: ResolverContext): (string | undefined)[] {
  const { args, identity, source, stash, prev, result, error, env, request, info } = context;
  return [args, identity, source, stash, prev, result, error, env, request, info].map(textOf);
}

/** The handlers of a pipeline are given the same objects one after the other, and nobody changes them. */
const texts = new WeakMap<object, string>();

function textOf(value: unknown): string | undefined {
  if (value instanceof JsonText) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text === undefined) texts.set(value, (text = JSON.stringify(value)));
  return text;
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
  const end = text.indexOf('\n');
  const answer = JSON.parse(text.slice(0, end)) as Omit<HandlerAnswer, 'kind' | 'value'> & { kind: string };
  const value = new JsonText(text.slice(end + 1));
  if (answer.kind !== 'error') return { ...answer, kind: answer.kind as HandlerAnswer['kind'], value };
  const { message, errorType, data, errorInfo } = value.read() as AppendedError;
  throw new ResolverError(message, errorType ?? 'Custom', data, errorInfo);
}
