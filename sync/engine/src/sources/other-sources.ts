import { z } from 'zod';
import type { DataSource } from './source-answer.ts';

/** A handler that runs as a Lambda function on AWS, and as a plain function here. Payload and answer are JSON. */
export type Handler = (payload: unknown) => unknown;

const nonePayload = z.looseObject({ payload: z.unknown().optional() });
const invocation = z.strictObject({
  operation: z.literal('Invoke'),
  payload: z.unknown(),
  invocationType: z.literal('RequestResponse').optional(),
});

/** Answers what it is given: AppSync's NONE source. */
export const noneSource: DataSource = (request) => ({ result: nonePayload.parse(request ?? {}).payload ?? null });

/**
 * A Lambda data source. A handler that throws, or does not answer in time, is an error of the request, as on AWS; `onFault` hears of
 * it, because the resolver sees no more than a message.
 */
export function handlerSource(handler: Handler, timeoutMs: number, onFault: (error: unknown) => void): DataSource {
  return async (request) => {
    const parsed = invocation.safeParse(request);
    if (!parsed.success)
      return { result: null, error: { message: 'Only Invoke is supported', type: 'Lambda:Unsupported' } };
    try {
      // The request was JSON, made for this call: nothing is shared with the handler that would not be on AWS.
      return { result: (await withDeadline(handler(parsed.data.payload ?? null), timeoutMs)) ?? null };
    } catch (error) {
      onFault(error);
      return {
        result: null,
        error: { message: error instanceof Error ? error.message : String(error), type: 'Lambda:Unhandled' },
      };
    }
  };
}

function withDeadline(work: unknown, timeoutMs: number): unknown {
  if (!(work instanceof Promise)) return work;
  let timer: NodeJS.Timeout;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Task timed out after ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
