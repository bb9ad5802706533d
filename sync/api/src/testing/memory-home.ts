import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildASTSchema, graphql, GraphQLError, parse } from 'graphql';
import manifest from '../../manifest.json' with { type: 'json' };
import { appendSegmentHandler } from '../handlers/append-segment.ts';
import { enrolmentKey } from '../keys.ts';
import { ordersProjection } from '../projections/orders.ts';
import { stockProjection } from '../projections/stock.ts';
import type { Claims, Home, HomeAnswer } from './contract-suite.ts';
import { evaluateCode, type Evaluated } from './evaluate-code.ts';
import { projectAll } from './memory-projector.ts';
import { type Answer, askTable } from './memory-source.ts';
import { createMemoryTable } from './memory-table.ts';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const AWS = `
  scalar AWSJSON
  scalar AWSTimestamp
  directive @aws_oidc on OBJECT | FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;
const schema = buildASTSchema(parse(AWS + readFileSync(`${PACKAGE}${manifest.schema}`, 'utf8')));

type Info = { readonly parentTypeName: string; readonly fieldName: string };

/**
 * The API in memory: schema, manifest, resolvers, handler and projections as they are deployed, over tables that know only what the resolvers
 * ask. The third home, for tests: what passes here and fails elsewhere is the other home's fault.
 */
export function openMemoryHome(): Home {
  const tables = { ledger: createMemoryTable(), views: createMemoryTable(), claims: createMemoryTable() };
  const env = Object.fromEntries(Object.values(manifest.tables).map(({ environment }) => [environment, environment]));

  function askSource(name: string, request: object): Answer {
    const source = manifest.dataSources[name as keyof typeof manifest.dataSources];
    if ('table' in source) return askTable(tables[source.table as keyof typeof tables], request as never);
    if ('handler' in source)
      return { result: appendSegmentHandler((request as { payload: unknown }).payload), error: null };
    return { result: (request as { payload: unknown }).payload, error: null };
  }

  /** A pipeline as AppSync runs one: request, data source, response, and the result goes on to the next function. */
  function run(info: Info, args: object, identity: object): unknown {
    const { pipeline } = manifest.fields[`${info.parentTypeName}.${info.fieldName}` as keyof typeof manifest.fields];
    let stash: unknown = {};
    let result: unknown = null;
    for (const name of pipeline) {
      const { code, dataSource } = manifest.functions[name as keyof typeof manifest.functions];
      const context = { arguments: args, identity, info, env, prev: { result } };
      const asked = accepted(
        evaluateCode({ code, function: 'request', context: { ...context, stash: stash as object } }),
      );
      stash = asked.stash;
      const request = asked.evaluationResult as object;
      if (!('operation' in request) && !('payload' in request)) {
        result = request;
        continue;
      }
      const { result: found, error } = askSource(dataSource, request);
      const answered = { ...context, stash: stash as object, result: found, ...(error ? { error } : {}) };
      ({ evaluationResult: result, stash } = accepted(evaluateCode({ code, function: 'response', context: answered })));
    }
    return result;
  }

  async function ask(who: Claims | 'projector', source: string, variables: object = {}): Promise<HomeAnswer> {
    const identity = who === 'projector' ? { userArn: 'arn:aws:iam::1:role/projector' } : { claims: who };
    const answer = await graphql({
      schema,
      source,
      variableValues: { ...variables },
      fieldResolver(parent: unknown, args: object, _, { parentType, fieldName }) {
        if (parent !== undefined) return (parent as { readonly [field: string]: unknown })[fieldName];
        return run({ parentTypeName: parentType.name, fieldName }, args, identity);
      },
    });
    const errors = (answer.errors ?? []).map(({ message, extensions }) => ({
      message,
      errorType: String(extensions['errorType']),
      errorInfo: extensions['errorInfo'] ?? null,
    }));
    return { data: JSON.parse(JSON.stringify(answer.data ?? null)) as HomeAnswer['data'], errors };
  }

  return {
    ask,
    enrol({ tenant, store, register }, { keyId, publicKey }) {
      tables.ledger.put({ ...enrolmentKey(tenant, register), store, status: 'active', keyId, publicKey });
      return Promise.resolve();
    },
    settled() {
      for (const projection of [ordersProjection, stockProjection]) projectAll(tables.ledger, tables.views, projection);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function accepted(evaluated: Evaluated): Evaluated {
  const { error } = evaluated;
  if (error) {
    const { type: errorType, errorInfo } = error;
    throw new GraphQLError(error.message, { extensions: { errorType, errorInfo } });
  }
  return evaluated;
}
