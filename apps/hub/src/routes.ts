import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { answerGraphql, GRAPHQL_BODY_BYTES_MAX, readBody, refusal } from '@evertill/engine';
import type { GraphqlApi, HttpAnswer, RealtimeServer, RegisterTokens, Tables } from '@evertill/engine';
import { SqliteFault } from '@evertill/sqlite';
import { z } from 'zod';
import { redemption } from './enrolment.ts';
import type { Enrolment } from './enrolment.ts';
import type { StoreTemplates } from './store-templates.ts';
import { healthReport } from './health.ts';
import type { Health } from './health.ts';
import type { RefusalLog } from './refusal-log.ts';

/** What the routes lead to. */
export interface Rooms {
  api: GraphqlApi;
  tokens: RegisterTokens;
  tables: Tables;
  enrolment: Enrolment;
  realtime: RealtimeServer;
  health: Health;
  stores: StoreTemplates;
  refused: RefusalLog;
  nowMs: () => number;
  url: () => string;
}

/** One object of a published catalog, by its hash. */
const PUBLISHED_OBJECT = /^GET \/published\/objects\/([0-9a-f]{64})$/;

const SMALL_BODY_BYTES_MAX = 16 * 1024;
const tokenRequest = z.strictObject({ assertion: z.string().max(4_096) });

type Route = (rooms: Rooms, request: IncomingMessage, text: string) => HttpAnswer | Promise<HttpAnswer>;

const ROUTES: Readonly<Record<string, { bodyBytesMax: number; answer: Route }>> = {
  'POST /graphql': { bodyBytesMax: GRAPHQL_BODY_BYTES_MAX, answer: graphql },
  'POST /token': { bodyBytesMax: SMALL_BODY_BYTES_MAX, answer: token },
  'POST /enrol': { bodyBytesMax: SMALL_BODY_BYTES_MAX, answer: enrol },
  'GET /health': { bodyBytesMax: 0, answer: health },
  'GET /.well-known/jwks.json': { bodyBytesMax: 0, answer: ({ tokens }) => ({ status: 200, body: tokens.keySet }) },
  'GET /.well-known/openid-configuration': { bodyBytesMax: 0, answer: openidConfiguration },
};

/** The path alone. A client may send anything as its target, `//` included, which `URL` would refuse. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] as string;
}

/** Finds the route, reads at most what it allows, and answers JSON, whatever happens. */
export async function answerRequest(rooms: Rooms, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = `${request.method} ${pathOf(request)}`;
  const object = PUBLISHED_OBJECT.exec(name)?.[1];
  if (object !== undefined) return sendObject(rooms, request, response, object);
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (!route) return send(response, refusal(404, 'NotFound', 'There is nothing here'));
  const body = await readBody(request, route.bodyBytesMax);
  if (!body.ok) {
    rooms.refused('body', { route: name, status: String(body.status) });
    // What is still on its way is not read; the connection cannot serve another request.
    response.setHeader('connection', 'close');
    return send(
      response,
      refusal(body.status, body.status === 413 ? 'TooLarge' : 'MalformedHttpRequestException', 'The body was refused'),
    );
  }
  try {
    send(response, await route.answer(rooms, request, body.text));
  } catch (error) {
    if (!(error instanceof SqliteFault)) throw error;
    send(
      response,
      refusal(
        503,
        error.code === 'disk-full' ? 'DiskFull' : 'InternalFailure',
        'The hub cannot write; try again later',
      ),
    );
  }
}

function send(response: ServerResponse, { status, body }: HttpAnswer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    // Known beforehand, the answer goes out in one piece.
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

/** An object never changes, so whoever has it keeps it. Only authors of the tenant get it. */
async function sendObject(
  { tokens, stores }: Rooms,
  request: IncomingMessage,
  response: ServerResponse,
  sha256: string,
): Promise<void> {
  const caller = await tokens.callerOf(request.headers.authorization);
  const tenant = caller?.mode === 'oidc' ? caller.claims['tenant'] : undefined;
  if (typeof tenant !== 'string') return send(response, refusal(401, 'UnauthorizedException', 'A token is needed'));
  const object = stores.object(tenant, sha256);
  if (!object) return send(response, refusal(404, 'NotFound', 'There is no such object'));
  response.writeHead(200, {
    'content-type': 'application/x-ndjson',
    'content-length': object.bytes,
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  await pipeline(createReadStream(object.file), response).catch(() => response.destroy());
}

async function graphql({ api, tokens, refused }: Rooms, request: IncomingMessage, text: string): Promise<HttpAnswer> {
  const caller = await tokens.callerOf(request.headers.authorization);
  const answer = await answerGraphql(api, caller, text, {});
  // What was no request the API has not seen, so it has told nobody of it.
  const isUnseen = answer.status === 400 && !Object.hasOwn(answer.body as object, 'data');
  if (isUnseen) refused('no GraphQL request', { who: caller?.mode === 'oidc' ? caller.subject : undefined });
  return answer;
}

async function token({ tokens }: Rooms, _request: IncomingMessage, text: string): Promise<HttpAnswer> {
  const parsed = tokenRequest.safeParse(jsonOf(text));
  if (!parsed.success) return { status: 400, body: { ok: false, error: { code: 'malformed' } } };
  const answer = await tokens.exchange(parsed.data.assertion);
  return { status: answer.ok ? 200 : 401, body: answer };
}

function enrol(
  { enrolment, tables, url, stores, refused }: Rooms,
  _request: IncomingMessage,
  text: string,
): HttpAnswer {
  const parsed = redemption.safeParse(jsonOf(text));
  if (!parsed.success) return { status: 400, body: { ok: false, error: { code: 'malformed' } } };
  const redeemed = enrolment.redeem(parsed.data, tables);
  if (redeemed.ok) {
    const { author } = redeemed;
    const told =
      author.role === 'channel' ? { channel: stores.channelOf(author) } : { enrolment: stores.enrolmentOf(author) };
    return { status: 200, body: { ...redeemed, issuer: url(), ...told } };
  }
  refused('enrolment', { why: redeemed.error.code });
  return { status: redeemed.error.code === 'too-many-attempts' ? 429 : 403, body: redeemed };
}

function health({ health: state, tables, realtime, nowMs }: Rooms): HttpAnswer {
  const report = healthReport(state, tables, realtime.connectionCount, nowMs());
  return { status: report.ok ? 200 : 503, body: report };
}

function openidConfiguration({ url }: Rooms): HttpAnswer {
  const body = {
    issuer: url(),
    jwks_uri: `${url()}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['ES256'],
    subject_types_supported: ['public'],
    response_types_supported: ['id_token'],
  };
  return { status: 200, body };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
