import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphqlApi, RealtimeServer, RegisterTokens, WriteTurn } from '@evertill/engine';
import type { Caller, GraphqlAnswer } from '@evertill/engine';
import type { DataFolder } from './data-folder.ts';
import { Enrolment, findAuthor } from './enrolment.ts';
import type { HubEvents } from './events.ts';
import { followHere } from './following.ts';
import type { Following, FollowingNeeds } from './following.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import { beginAnewInCopy } from './served-mark.ts';
import { createRefusalLog } from './refusal-log.ts';
import { hintPublisher } from './hint-publisher.ts';
import { loadHubApi } from './hub-api.ts';
import { answerRequest, pathOf } from './routes.ts';
import { StoreTemplates } from './store-templates.ts';
import type { Rooms } from './routes.ts';

export interface HubOptions {
  folder: DataFolder;
  host: string;
  /** 0 for any free one. */
  port: number;
  log: Log;
  nowMs: () => number;
  /** How long records gather before they become a file of the lake; ten seconds. */
  lakeDelayMs?: number;
}

export interface Hub {
  url: string;
  /** Asks as the operator of this process: what IAM allows on AWS. */
  operate(request: { query: string; variables?: Record<string, unknown> }): Promise<GraphqlAnswer>;
  /** Resolves when the views have caught up with the ledger. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** One request, from its first byte to its last; a client that drips is let go. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Between two sales of a register: what is closed sooner is opened again, and a request that meets the closing is lost. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
const CONNECTIONS_MAX = 4_000;
/** What a request in flight gets when the hub is asked to end. */
const CLOSE_TIMEOUT_MS = 5_000;

/** A hub with everything in one thread, its events within reach. */
export type HubHere = Hub & { readonly events: HubEvents };

/** Starts a hub that does everything in this thread. Resolves when it listens. */
export async function startHub(options: HubOptions): Promise<HubHere> {
  const { hub, following } = await serveHub(options, followHere);
  return { ...hub, events: following.events };
}

/** Starts a hub: one process, one port. `follow` says where views, lake and bus are kept up. Resolves when it listens. */
export async function serveHub<F extends Following>(
  options: HubOptions,
  follow: (needs: FollowingNeeds) => F,
): Promise<{ hub: Hub; following: F }> {
  const { folder, log, nowMs } = options;
  const health: Health = { startedAtMs: nowMs() };
  const onFault = (error: unknown): void => log('error', 'fault', { error });
  const refused = createRefusalLog(log, nowMs);
  const turn = new WriteTurn();
  const loaded = loadHubApi(folder, nowMs, log, turn);
  const { tables } = loaded;
  if (beginAnewInCopy(folder.path, tables).isCopy) log('warn', 'folder-was-copied', { folder: folder.path });
  let url = '';
  const tokens = await RegisterTokens.create({
    signingKey: folder.signingKey,
    issuer: () => url,
    findAuthor: (tenant, register) => findAuthor(tables, tenant, register),
    nowMs,
    uuid: randomUUID,
    onRefused: refused,
  });
  const api = new GraphqlApi({
    api: loaded,
    onFault,
    onRefused: (caller, { errorType, message, path }) => {
      const who = caller.mode === 'oidc' ? caller.subject : caller.role;
      refused(errorType ?? 'GraphQL', { who, field: path?.join('.'), message });
    },
    onPublished: (field, value) => realtime.publish(field, value),
  });
  const authenticate = ({ Authorization }: Record<string, unknown>): Promise<Caller | undefined> =>
    tokens.callerOf(Authorization);
  const onSocketError = (error: Error): void => refused('socket', { message: error.message });
  const realtime = new RealtimeServer({ api, authenticate, onFault, onSocketError });
  const enrolment = new Enrolment(folder.enrolment, nowMs);
  const stores = new StoreTemplates(folder.path);
  const rooms = { api, tokens, tables, enrolment, realtime, health, stores, refused, nowMs, url: () => url };
  const server = serverOf(rooms, onFault);
  url = await listen(server, options.host, options.port);
  const operate: Hub['operate'] = (request) => api.execute(request, { mode: 'iam', role: 'operator' });
  const hints = hintPublisher(operate, onFault);
  const { lakeDelayMs } = options;
  const following = follow({ folder: folder.path, tables, turn, nowMs, log, onMoved: hints.tell, lakeDelayMs });
  log('info', 'serving', { url, folder: folder.path });
  const hub: Hub = {
    url,
    operate,
    settled: () => following.settled(),
    close: async () => {
      realtime.close();
      await closeServer(server);
      await following.close();
      hints.close();
      log('info', 'ended', {});
    },
  };
  return { hub, following };
}

function serverOf(rooms: Rooms, onFault: (error: unknown) => void): Server {
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.on('request', (request, response) => {
    answerRequest(rooms, request, response).catch((error: unknown) => {
      onFault(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request) === '/graphql/realtime') rooms.realtime.upgrade(request, socket, head).catch(onFault);
    else socket.destroy();
  });
  return server;
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  return `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await closed;
  clearTimeout(force);
}
