import { z } from 'zod';
import type { ApiError, ApiOutcome, UnreachableSign } from './api-error.ts';

/** An HTTP answer as far as it has to be known to say who gave it. */
export type HttpAnswer = {
  readonly status: number;
  readonly contentType: string;
  /** `null`: longer than allowed. */
  readonly body: string | null;
};

const NO_ROUTE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);
const HOST_UP = new Set(['ECONNREFUSED']);
const CERTIFICATE = /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_)/;
/** The decisions that sync/api's README lists. Whatever else is called an error is a fault of the server. */
const REFUSALS = new Set([
  ...['NotAuthorised', 'NotEnrolled', 'Malformed', 'TooLarge', 'SegmentBroken', 'HeadMoved', 'CheckpointAhead'],
  ...['ClaimTaken', 'ClaimUsed', 'NotFound'],
]);
/** AppSync gives no type to what does not fit its schema: the server is of another version, or a proxy changed the question. */
const NOT_IN_SCHEMA = /^Validation error/;
/** AppSync's own words for a token that it does not take. */
const UNAUTHORISED = new Set(['UnauthorizedException', 'Unauthorized']);

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.looseObject({
        errorType: z.string().nullish(),
        message: z.string().nullish(),
        errorInfo: z.unknown().optional(),
      }),
    )
    .optional(),
});

/**
 * Says who answered and what. A 2xx that is no GraphQL was not our server's; a redirect never is. 401 and 403 in GraphQL's form are
 * the server's; in any other form a proxy's.
 */
export function classifyAnswer({ status, contentType, body }: HttpAnswer): ApiOutcome<unknown> {
  const fault = (detail: string): ApiOutcome<unknown> => ({ ok: false, error: { code: 'server-fault', detail } });
  if (status === 511 || (status >= 300 && status < 400)) return stranger(`status ${status}`);
  if (status >= 500 || status === 429) return fault(`status ${status}`);
  if (body === null) return fault('answer too long');
  const isJson = /\bjson\b/i.test(contentType);
  const answer = isJson ? parseAnswer(body) : null;
  if (!answer)
    return isJson && status < 400 ? fault('not a whole answer') : stranger(`status ${status}, ${contentType}`);
  const error = answer.errors?.[0];
  if (!error) return status < 400 ? { ok: true, value: answer.data } : fault(`status ${status}`);
  const errorType = error.errorType ?? 'no error type';
  const isUnauthorised = UNAUTHORISED.has(errorType) || status === 401 || status === 403;
  if (isUnauthorised) return { ok: false, error: { code: 'refused', errorType: 'NotAuthorised', info: null } };
  if (NOT_IN_SCHEMA.test(error.message ?? ''))
    return { ok: false, error: { code: 'refused', errorType: 'ValidationError', info: null } };
  if (!REFUSALS.has(errorType)) return fault(errorType);
  return { ok: false, error: { code: 'refused', errorType, info: error.errorInfo ?? null } };
}

function stranger(detail: string): ApiOutcome<unknown> {
  return { ok: false, error: { code: 'captive-portal', detail } };
}

function parseAnswer(body: string): z.infer<typeof answerSchema> | null {
  try {
    const answer = answerSchema.safeParse(JSON.parse(body));
    return answer.success ? answer.data : null;
  } catch {
    return null;
  }
}

/** Says where the line is broken, from what `fetch` threw: it hides the system's code in `cause`, several of them in an AggregateError. */
export function classifyFailure(thrown: unknown): ApiError {
  const codes = errorCodes(thrown, 0);
  if (codes.some((code) => CERTIFICATE.test(code))) return { code: 'captive-portal', detail: 'foreign certificate' };
  return { code: 'unreachable', sign: signOf(codes) };
}

function signOf(codes: readonly string[]): UnreachableSign {
  if (codes.some((code) => HOST_UP.has(code))) return 'host-up';
  return codes.some((code) => NO_ROUTE.has(code)) ? 'no-route' : 'silence';
}

const CAUSES_MAX = 5;

function errorCodes(thrown: unknown, depth: number): string[] {
  if (!(thrown instanceof Error) || depth > CAUSES_MAX) return [];
  const own = 'code' in thrown && typeof thrown.code === 'string' ? [thrown.code] : [];
  const several =
    thrown instanceof AggregateError ? thrown.errors.flatMap((error) => errorCodes(error, depth + 1)) : [];
  return [...own, ...several, ...errorCodes(thrown.cause, depth + 1)];
}
