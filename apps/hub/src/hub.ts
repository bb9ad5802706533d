import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { appendSegmentHandler, ordersProjection, stockProjection } from '@evertill/api';
import { GraphqlApi, loadApi, Projector, RealtimeServer, RegisterTokens } from '@evertill/engine';
import type { LoadedApi } from '@evertill/engine';
import { SqliteFault } from '@evertill/sqlite';
import type { DataFolder } from './data-folder.ts';
import { Enrolment, findAuthor } from './enrolment.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import { answerRequest } from './routes.ts';

export interface HubOptions {
  folder: DataFolder;
  host: string;
  /** 0 for any free one. */
  port: number;
  log: Log;
  nowMs: () => number;
}

/** Where there is more to pull in a store. */
export interface Hint {
  tenant: string;
  store: string;
  collections: readonly { collection: string; period: string; seq: number }[];
}

export interface Hub {
  url: string;
  /** Tells the store's registers, through the mutation that only the projector may call. */
  publishHint(hint: Hint): Promise<void>;
  /** Resolves when the views have caught up with the ledger. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Asks for every field, because subscribers get no more than the mutation asked for. */
const PUBLISH_HINT = `mutation PublishHint($input: HintInput!) {
  publishHint(input: $input) { tenant store collections { collection period seq } }
}`;
const HANDLER_TIMEOUT_MS = 5_000;
/** One request, from its first byte to its last; a client that drips is let go. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const CONNECTIONS_MAX = 4_000;
/** What a request in flight gets when the hub is asked to end. */
const CLOSE_TIMEOUT_MS = 5_000;

/** The deployable API over a folder's tables: what both the server and the commands work with. */
export function loadHubApi(folder: DataFolder, nowMs: () => number, log: Log): LoadedApi {
  return loadApi({
    folder: dirname(createRequire(import.meta.url).resolve('@evertill/api/manifest.json')),
    db: folder.tables,
    handlers: { appendSegmentHandler: () => appendSegmentHandler },
    runtime: { nowMs, uuid: randomUUID },
    handlerTimeoutMs: HANDLER_TIMEOUT_MS,
    onHandlerFault: (error) => log('error', 'handler-failed', { error }),
  });
}

/** The views that a ledger's records lead to, kept up from the moment this is called. */
export function startProjector(
  { tables }: LoadedApi,
  nowMs: () => number,
  log: Log,
  onMoved: ConstructorParameters<typeof Projector>[0]['onMoved'],
): Projector {
  return new Projector({
    tables,
    projections: [ordersProjection, stockProjection],
    newPeriod: () => new Date(nowMs()).toISOString(),
    onMoved,
    onPassedOver: (record) => log('error', 'record-passed-over', { ...record }),
    onFault: (error) => log('error', 'projector-waits', { error }),
  });
}

/** Starts a hub: one process, one port. Resolves when it listens. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { folder, log, nowMs } = options;
  const health: Health = { startedAtMs: nowMs(), lastFault: undefined };
  const onFault = (error: unknown): void => {
    if (error instanceof SqliteFault) health.lastFault = { code: error.code, atMs: nowMs() };
    log('error', 'fault', { error });
  };
  const loaded = loadHubApi(folder, nowMs, log);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS });
  server.maxConnections = CONNECTIONS_MAX;
  const url = await listen(server, options.host, options.port);
  const tokens = await RegisterTokens.create({
    signingKey: folder.signingKey,
    issuer: url,
    findAuthor: (tenant, register) => findAuthor(loaded.tables, tenant, register),
    nowMs,
    uuid: randomUUID,
  });
  const api = new GraphqlApi({ api: loaded, onFault, onPublished: (field, value) => realtime.publish(field, value) });
  const realtime = new RealtimeServer({
    api,
    authenticate: ({ Authorization }) => tokens.callerOf(Authorization),
    onFault,
  });
  const rooms = {
    api,
    tokens,
    tables: loaded.tables,
    enrolment: new Enrolment(folder.enrolment, nowMs),
    realtime,
    health,
    nowMs,
    url,
  };
  server.on('request', (request, response) => {
    answerRequest(rooms, request, response).catch((error: unknown) => {
      onFault(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '/', url).pathname === '/graphql/realtime')
      realtime.upgrade(request, socket, head).catch(onFault);
    else socket.destroy();
  });
  const publishHint = async (hint: Hint): Promise<void> => {
    const { errors } = await api.execute(
      { query: PUBLISH_HINT, variables: { input: hint } },
      { mode: 'iam', role: 'projector' },
    );
    if (errors) throw new Error(`The hint was refused: ${errors[0]?.message}`);
  };
  const projector = startProjector(loaded, nowMs, log, (tenant, moved) => {
    for (const store of new Set(moved.map(({ scope }) => scope))) {
      const collections = moved.filter(({ scope }) => scope === store);
      publishHint({
        tenant,
        store,
        collections: collections.map(({ collection, period, seq }) => ({ collection, period, seq })),
      }).catch(onFault);
    }
  });
  log('info', 'serving', { url, folder: folder.path });
  return {
    url,
    publishHint,
    settled: () => projector.settled(),
    close: async () => {
      projector.close();
      realtime.close();
      await closeServer(server);
      log('info', 'ended', {});
    },
  };
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
