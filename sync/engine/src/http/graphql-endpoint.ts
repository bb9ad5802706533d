import { z } from 'zod';
import type { Caller } from '../graphql/caller.ts';
import type { GraphqlApi } from '../graphql/graphql-api.ts';

export interface HttpAnswer {
  status: number;
  body: unknown;
}

/** AppSync's limit for a request is 1 MB; the largest that the product's clients send is a segment of 300 KB. */
export const GRAPHQL_BODY_BYTES_MAX = 1024 * 1024;

const graphqlBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** One GraphQL request over HTTP, from its text: what AppSync answers, its status included. */
export async function answerGraphql(
  api: GraphqlApi,
  caller: Caller | undefined,
  text: string,
  headers: Record<string, string>,
): Promise<HttpAnswer> {
  if (!caller) return refusal(401, 'UnauthorizedException', 'You are not authorized to make this call.');
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refusal(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
  }
  const parsed = graphqlBody.safeParse(raw);
  if (!parsed.success) return refusal(400, 'MalformedHttpRequestException', 'The request has no query.');
  const { query, variables, operationName } = parsed.data;
  const answer = await api.execute({ query, variables, operationName }, caller, headers);
  const isMalformed = answer.errors?.some(({ errorType }) => errorType === 'MalformedHttpRequestException') ?? false;
  return { status: isMalformed ? 400 : 200, body: answer };
}

export function refusal(status: number, errorType: string, message: string): HttpAnswer {
  return { status, body: { errors: [{ errorType, message }] } };
}
