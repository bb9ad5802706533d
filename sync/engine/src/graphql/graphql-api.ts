import {
  execute,
  getOperationAST,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  responsePathAsArray,
  specifiedRules,
  validate,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { BoundedCache } from '../bounded-cache.ts';
import type { LoadedApi } from '../api/load-api.ts';
import { runPipeline } from '../api/run-pipeline.ts';
import { ResolverError } from '../resolvers/resolver-fault.ts';
import { buildAwsSchema } from './aws-schema.ts';
import { identityOf } from './caller.ts';
import type { Caller } from './caller.ts';
import { DOCUMENT_LIMITS, limitExceeded } from './document-limits.ts';
import { fieldError, requestError, validationError } from './error-format.ts';
import type { ApiError } from './error-format.ts';
import { subscriptionFilter } from './subscription-filter.ts';

export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
  operationName?: string | null | undefined;
}

export interface GraphqlAnswer {
  data: Record<string, unknown> | null;
  errors?: ApiError[];
}

/** A subscription that was allowed. `answer` says what a published value looks like to this subscriber. */
export interface Subscription {
  field: string;
  /** Whether a published value is for this subscriber. */
  matches: (value: unknown) => boolean;
  answer: (value: unknown) => Promise<GraphqlAnswer>;
  /** Subscriptions with equal ones answer alike: registers of one store ask in the same words. */
  likeness: unknown;
}

export interface GraphqlApiOptions {
  api: LoadedApi;
  onFault: (error: unknown) => void;
  /** For the log: each error that a request was answered with. */
  onRefused?: (caller: Caller, error: ApiError) => void;
  /** A mutation's answer, for each subscription field that follows the mutation. */
  onPublished: (subscriptionField: string, value: unknown) => void;
  allowIntrospection?: boolean;
}

interface FieldRun {
  caller: Caller;
  headers: Record<string, string>;
  appended: ApiError[];
  /** Set while a published value is shaped for a subscriber: the root field then answers it. */
  published?: { value: unknown };
}

/** Clients send a handful of texts, over and over; none of ours is longer. */
const DOCUMENTS_KEPT = 200;
const DOCUMENT_CHARS_KEPT = 4_000;

/** Executes GraphQL as AppSync does, over a loaded API. Answers; it throws only for faults of the program. */
export class GraphqlApi {
  readonly #options: GraphqlApiOptions;
  readonly #schema: GraphQLSchema;
  /** Parsed and found valid, by their texts. */
  readonly #documents = new BoundedCache<string, DocumentNode>(DOCUMENTS_KEPT);

  constructor(options: GraphqlApiOptions) {
    this.#options = options;
    this.#schema = buildAwsSchema(options.api.schemaText);
  }

  /** A query or mutation. */
  async execute(request: GraphqlRequest, caller: Caller, headers: Record<string, string> = {}): Promise<GraphqlAnswer> {
    const answer = await this.#execute(request, caller, headers);
    this.#tellRefusals(caller, answer.errors);
    return answer;
  }

  #tellRefusals(caller: Caller, errors: readonly ApiError[] = []): void {
    for (const error of errors) this.#options.onRefused?.(caller, error);
  }

  async #execute(request: GraphqlRequest, caller: Caller, headers: Record<string, string>): Promise<GraphqlAnswer> {
    const prepared = this.#prepare(request);
    if ('errors' in prepared) return prepared;
    if (prepared.operation.operation === 'subscription') {
      return {
        data: null,
        errors: [requestError('UnsupportedOperation', 'Subscriptions need the real-time endpoint')],
      };
    }
    const answer = await this.#run(prepared.document, request, { caller, headers, appended: [] });
    if (prepared.operation.operation === 'mutation') this.#publish(prepared.operation, answer);
    return answer;
  }

  /** Runs a subscription's resolver, which may refuse, and answers what to do with published values. */
  async subscribe(request: GraphqlRequest, caller: Caller): Promise<Subscription | { errors: ApiError[] }> {
    const outcome = await this.#subscribe(request, caller);
    if ('errors' in outcome) this.#tellRefusals(caller, outcome.errors);
    return outcome;
  }

  async #subscribe(request: GraphqlRequest, caller: Caller): Promise<Subscription | { errors: ApiError[] }> {
    const prepared = this.#prepare(request);
    if ('errors' in prepared) return { errors: prepared.errors ?? [] };
    const [selection] = prepared.operation.selectionSet.selections;
    if (prepared.operation.operation !== 'subscription' || selection?.kind !== Kind.FIELD) {
      return { errors: [requestError('UnsupportedOperation', 'Only one subscription field in an operation')] };
    }
    let matches: (value: unknown) => boolean = () => false;
    const run = { caller, headers: {}, appended: [] };
    const allowed = await this.#run(prepared.document, request, run, (args, filter) => {
      matches = subscriptionFilter(args, filter);
    });
    if (allowed.errors) return { errors: allowed.errors };
    return {
      field: selection.name.value,
      matches,
      likeness: this.#likenessOf(request, caller),
      answer: (value) =>
        this.#run(prepared.document, request, { caller, headers: {}, appended: [], published: { value } }),
    };
  }

  /** Where a field below the published value has a resolver, its answer may depend on who asks: then nobody is like another. */
  #likenessOf({ query, variables, operationName }: GraphqlRequest, caller: Caller): unknown {
    const roots = ['Query.', 'Mutation.', 'Subscription.'];
    const fields = [...this.#options.api.pipelines.keys()];
    if (fields.some((field) => !roots.some((root) => field.startsWith(root)))) return Symbol('unlike any other');
    return JSON.stringify([caller.mode, operationName ?? null, variables ?? {}, query]);
  }

  #prepare(
    request: GraphqlRequest,
  ): { document: DocumentNode; operation: OperationDefinitionNode } | { data: null; errors: ApiError[] } {
    const checked = this.#documents.get(request.query) ?? this.#checkedDocument(request.query);
    if ('errors' in checked) return checked;
    const operation = getOperationAST(checked, request.operationName);
    if (!operation) return refusedRequest(requestError('BadRequestException', 'Unknown or missing operation name'));
    return { document: checked, operation };
  }

  #checkedDocument(query: string): DocumentNode | { data: null; errors: ApiError[] } {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: DOCUMENT_LIMITS.tokens, noLocation: false });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return refusedRequest(requestError('MalformedHttpRequestException', error.message));
    }
    const rules = this.#options.allowIntrospection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const invalid = validate(this.#schema, document, rules, { maxErrors: 5 });
    if (invalid.length > 0) return refusedRequest(...invalid.map(validationError));
    const exceeded = limitExceeded(document);
    if (exceeded) return refusedRequest(requestError('TooLarge', exceeded.message));
    if (query.length <= DOCUMENT_CHARS_KEPT) this.#documents.set(query, document);
    return document;
  }

  async #run(
    document: DocumentNode,
    request: GraphqlRequest,
    run: FieldRun,
    onSubscribed?: (args: Record<string, unknown>, filter: unknown) => void,
  ): Promise<GraphqlAnswer> {
    // graphql-js executes a subscription's selection like a query's, which is what shaping one value needs.
    const result = await execute({
      schema: this.#schema,
      document,
      contextValue: run,
      variableValues: request.variables ?? {},
      operationName: request.operationName ?? null,
      fieldResolver: this.#fieldResolver(onSubscribed),
    });
    const errors = [...(result.errors ?? []).map((error) => fieldError(error, this.#options.onFault)), ...run.appended];
    return { data: result.data ?? null, ...(errors.length > 0 && { errors }) };
  }

  #fieldResolver(
    onSubscribed?: (args: Record<string, unknown>, filter: unknown) => void,
  ): GraphQLFieldResolver<unknown, FieldRun> {
    return async (source, args: Record<string, unknown>, run, info) => {
      requireMode(run.caller, info.parentType, info);
      if (run.published && info.path.prev === undefined) return run.published.value;
      const pipeline = this.#options.api.pipelines.get(`${info.parentType.name}.${info.fieldName}`);
      if (!pipeline) return propertyOf(source, info.fieldName);
      const { value, appended, filter } = await runPipeline(pipeline, {
        args,
        identity: identityOf(run.caller),
        source: source ?? null,
        env: this.#options.api.environment,
        request: { headers: run.headers, domainName: null },
        info: {
          fieldName: info.fieldName,
          parentTypeName: info.parentType.name,
          variables: info.variableValues,
          selectionSetList: selectionList(info.fieldNodes),
        },
      });
      run.appended.push(
        ...appended.map((error) => ({ ...error, path: responsePathAsArray(info.path), locations: null })),
      );
      if (!onSubscribed) return value;
      // What a subscription's resolver answers is no event; only what is published is.
      onSubscribed(args, filter);
      return null;
    };
  }

  #publish(operation: OperationDefinitionNode, answer: GraphqlAnswer): void {
    const subscriptions = Object.values(this.#schema.getSubscriptionType()?.getFields() ?? {});
    for (const selection of operation.selectionSet.selections) {
      if (selection.kind !== Kind.FIELD) continue;
      const value = answer.data?.[selection.alias?.value ?? selection.name.value];
      if (value === null || value === undefined) continue;
      for (const field of subscriptions) {
        const directive = field.astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
        const [mutations] = directive?.arguments ?? [];
        const followed = mutations?.value.kind === Kind.LIST ? mutations.value.values : [];
        const follows = followed.some((node) => node.kind === Kind.STRING && node.value === selection.name.value);
        if (follows) this.#options.onPublished(field.name, value);
      }
    }
  }
}

function refusedRequest(...errors: ApiError[]): { data: null; errors: ApiError[] } {
  return { data: null, errors };
}

/** Field directives decide; without any, the type's; without those, OIDC alone: the API's default mode. */
function requireMode(caller: Caller, type: GraphQLObjectType, info: GraphQLResolveInfo): void {
  const field = type.getFields()[info.fieldName];
  const names = (directives: readonly { name: { value: string } }[] | undefined): string[] =>
    (directives ?? []).map(({ name }) => name.value).filter((name) => name === 'aws_oidc' || name === 'aws_iam');
  const own = names(field?.astNode?.directives);
  const inherited = own.length > 0 ? own : names(type.astNode?.directives);
  const modes = inherited.length > 0 ? inherited : ['aws_oidc'];
  if (!modes.includes(`aws_${caller.mode}`)) {
    throw new ResolverError(`Not Authorized to access ${info.fieldName} on type ${type.name}`, 'Unauthorized');
  }
}

function propertyOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return null;
  return (source as Record<string, unknown>)[name];
}

/** `a`, `a/b`: the fields directly asked for, as AppSync lists them; fragments are not followed. */
function selectionList(nodes: readonly FieldNode[], prefix = ''): string[] {
  return nodes.flatMap(({ selectionSet }) =>
    (selectionSet?.selections ?? []).flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) return [];
      const path = prefix + selection.name.value;
      return [path, ...selectionList([selection], `${path}/`)];
    }),
  );
}
