import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** What AppSync adds to every schema. */
const APPSYNC = `
directive @aws_oidc on OBJECT | FIELD_DEFINITION
directive @aws_iam on OBJECT | FIELD_DEFINITION
directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
scalar AWSJSON
scalar AWSTimestamp
`;

/** The schema of sync/api itself: a fake that answers by it cannot drift from the contract. */
export function contractSchema(): GraphQLSchema {
  return buildSchema(APPSYNC + readFileSync(new URL('../../../api/schema.graphql', import.meta.url), 'utf8'));
}
