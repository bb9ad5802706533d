import { JsonText } from '../resolvers/resolver-runtime.ts';
import type { AppendedError, HandlerAnswer, LoadedResolver, ResolverContext } from '../resolvers/resolver-runtime.ts';
import type { DataSource } from '../sources/source-answer.ts';

export interface PipelineFunction {
  resolver: LoadedResolver;
  source: DataSource;
}

/** A field's resolver and the functions between its request and its response. */
export interface Pipeline {
  resolver: LoadedResolver;
  functions: readonly PipelineFunction[];
}

export type FieldContext = Omit<ResolverContext, 'stash' | 'prev' | 'result' | 'error'>;

export interface PipelineAnswer {
  value: unknown;
  appended: AppendedError[];
  /** What a subscription's resolver gave to `extensions.setSubscriptionFilter`. */
  filter: unknown;
}

/**
 * Runs a field as AppSync does: the resolver's request, each function's request, data source and response, the resolver's response.
 * The stash goes all the way through; each function sees the one before in `ctx.prev.result`.
 *
 * Throws `ResolverError` for what a handler raised, and the data source's operating faults.
 */
export async function runPipeline(pipeline: Pipeline, field: FieldContext): Promise<PipelineAnswer> {
  const appended: AppendedError[] = [];
  let filter: unknown = null;
  let stash: Record<string, unknown> = {};
  const call = (
    resolver: LoadedResolver,
    handler: 'request' | 'response',
    rest: Partial<ResolverContext>,
  ): HandlerAnswer => {
    const answer = resolver.call(handler, { ...field, prev: null, ...rest, stash });
    stash = answer.stash;
    appended.push(...answer.appended);
    filter = answer.filter ?? filter;
    return answer;
  };
  let last = call(pipeline.resolver, 'request', {});
  // An early return of the resolver's own request goes straight to its response.
  if (last.kind === 'value') {
    for (const { resolver, source } of pipeline.functions) {
      const prev = previous(last);
      const request = call(resolver, 'request', { prev });
      const answer = request.kind === 'value' ? await source(request.value.read()) : undefined;
      last = answer
        ? call(resolver, 'response', { prev, result: answer.result ?? null, error: answer.error ?? null })
        : request;
      if (last.kind === 'end') break;
    }
  }
  const after = call(pipeline.resolver, 'response', { prev: previous(last), result: last.value });
  return { value: after.value.read(), appended, filter };
}

function previous({ value }: HandlerAnswer): JsonText {
  return new JsonText(`{"result":${value.text}}`);
}
