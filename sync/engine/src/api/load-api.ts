import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteDatabase } from '@evertill/sqlite';
import { loadResolver } from '../resolvers/resolver-runtime.ts';
import type { LoadedResolver, RuntimeNeeds } from '../resolvers/resolver-runtime.ts';
import { dynamodbSource } from '../sources/dynamodb-source.ts';
import { handlerSource, noneSource } from '../sources/other-sources.ts';
import type { Handler } from '../sources/other-sources.ts';
import type { DataSource } from '../sources/source-answer.ts';
import { GroupCommit } from '../tables/group-commit.ts';
import type { TableDefinition } from '../tables/table-definition.ts';
import { Tables } from '../tables/tables.ts';
import type { WriteTurn } from '../tables/write-turn.ts';
import { apiManifest } from './manifest.ts';
import type { ApiManifest } from './manifest.ts';
import type { Pipeline } from './run-pipeline.ts';

export interface LoadApiOptions {
  /** Folder of `manifest.json`, the schema and the resolvers. */
  folder: string;
  /** Opened with `synchronous = FULL`: what a mutation answers is on the disk. */
  db: SqliteDatabase;
  /** Where other threads write to the same file. */
  turn?: WriteTurn | undefined;
  /** By the names that the manifest's Lambda sources use. */
  handlers: Readonly<Record<string, (tables: Tables) => Handler>>;
  runtime: RuntimeNeeds;
  handlerTimeoutMs: number;
  onHandlerFault: (error: unknown) => void;
}

export interface LoadedApi {
  schemaText: string;
  /** By `Type.field`. */
  pipelines: ReadonlyMap<string, Pipeline>;
  environment: Record<string, string>;
  tables: Tables;
}

/**
 * Reads an API as it is deployed. Every file is compiled now, so that what AppSync would refuse stops the start and not a sale.
 * Throws `ResolverRefused`, or an `Error` that names what the manifest misses.
 */
export function loadApi(options: LoadApiOptions): LoadedApi {
  const read = (file: string): string => readFileSync(join(options.folder, file), 'utf8');
  const manifest = manifestIn(options.folder);
  const tables = new Tables(options.db, tableDefinitions(manifest), options.turn);
  const commits = new GroupCommit(tables);
  const resolver = (file: string): LoadedResolver => loadResolver(file, read(file), options.runtime);
  const sources = new Map(
    Object.entries(manifest.dataSources).map(
      ([name, source]) => [name, dataSource(source, tables, commits, options)] as const,
    ),
  );
  const functions = new Map(
    Object.entries(manifest.functions).map(([name, { code, dataSource: source }]) => [
      name,
      { resolver: resolver(code), source: known(sources, source, 'data source') },
    ]),
  );
  const pipelines = Object.entries(manifest.fields).map(
    ([field, { code, pipeline }]) =>
      [
        field,
        { resolver: resolver(code), functions: pipeline.map((name) => known(functions, name, 'function')) },
      ] as const,
  );
  return {
    schemaText: read(manifest.schema),
    pipelines: new Map(pipelines),
    environment: environmentOf(manifest),
    tables,
  };
}

/** The tables of an API alone, for whoever asks no questions of it. */
export function loadTables(folder: string, db: SqliteDatabase, turn?: WriteTurn): Tables {
  return new Tables(db, tableDefinitions(manifestIn(folder)), turn);
}

function manifestIn(folder: string): ApiManifest {
  return apiManifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
}

/** Outside AWS a table is called what the manifest calls it. */
function tableDefinitions(manifest: ApiManifest): TableDefinition[] {
  return Object.entries(manifest.tables).map(([name, { partitionKey, sortKey, localIndexes }]) => ({
    name,
    partitionKey,
    ...(sortKey !== undefined && { sortKey }),
    localIndexes,
  }));
}

function environmentOf(manifest: ApiManifest): Record<string, string> {
  const variables = Object.fromEntries(
    Object.entries(manifest.tables).map(([name, table]) => [table.environment, name]),
  );
  const missing = manifest.environment.filter((variable) => !Object.hasOwn(variables, variable));
  if (missing.length > 0) throw new Error(`The manifest names no table for ${missing.join(', ')}`);
  return variables;
}

function dataSource(
  source: ApiManifest['dataSources'][string],
  tables: Tables,
  commits: GroupCommit,
  options: LoadApiOptions,
): DataSource {
  if (source.type === 'NONE') return noneSource;
  if (source.type === 'AMAZON_DYNAMODB') return dynamodbSource(tables, commits, source.table);
  const handler = options.handlers[source.handler];
  if (!handler) throw new Error(`No handler ${source.handler}`);
  return handlerSource(handler(tables), options.handlerTimeoutMs, options.onHandlerFault);
}

function known<T>(things: ReadonlyMap<string, T>, name: string, what: string): T {
  const thing = things.get(name);
  if (!thing) throw new Error(`The manifest has no ${what} ${name}`);
  return thing;
}
