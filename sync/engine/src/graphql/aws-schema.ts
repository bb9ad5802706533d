import { buildSchema, GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import type { GraphQLSchema } from 'graphql';

const AWS_DEFINITIONS = `
  directive @aws_oidc on OBJECT | FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  scalar AWSJSON
  scalar AWSTimestamp
  scalar AWSDateTime
`;

/** Builds a schema with the directives and scalars that AppSync adds to every schema, as far as this product uses them. */
export function buildAwsSchema(schemaText: string): GraphQLSchema {
  const schema = buildSchema(`${AWS_DEFINITIONS}\n${schemaText}`);
  scalar(schema, 'AWSJSON', parseJson, (value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  scalar(schema, 'AWSTimestamp', timestamp, timestamp);
  scalar(schema, 'AWSDateTime', dateTime, dateTime);
  return schema;
}

function scalar(
  schema: GraphQLSchema,
  name: string,
  parse: (raw: unknown) => unknown,
  serialize: (value: unknown) => unknown,
): void {
  const type = schema.getType(name);
  if (!(type instanceof GraphQLScalarType)) throw new Error(`${name} is no scalar`);
  type.parseValue = parse;
  type.parseLiteral = (node, variables) => parse(valueFromASTUntyped(node, variables));
  type.serialize = serialize;
}

/** A resolver sees what the text says; the client sends and gets text. */
function parseJson(raw: unknown): unknown {
  if (typeof raw !== 'string') throw new GraphQLError('AWSJSON is JSON as text');
  try {
    return JSON.parse(raw);
  } catch (error) {
    throw new GraphQLError('AWSJSON is JSON as text', { originalError: error instanceof Error ? error : null });
  }
}

function timestamp(raw: unknown): number {
  if (typeof raw !== 'number' || !Number.isSafeInteger(raw))
    throw new GraphQLError('AWSTimestamp is whole seconds since 1970');
  return raw;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function dateTime(raw: unknown): string {
  if (typeof raw !== 'string' || !DATE_TIME.test(raw)) throw new GraphQLError('AWSDateTime is an ISO 8601 instant');
  return raw;
}
