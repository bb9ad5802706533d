import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildASTSchema, type GraphQLObjectType, parse, validateSchema, version } from 'graphql';
import { expect, test } from 'vitest';
import manifest from '../manifest.json' with { type: 'json' };
import { apiErrorCodes } from './api-error.ts';

const PACKAGE = fileURLToPath(new URL('../', import.meta.url));
const read = (name: string) => readFileSync(`${PACKAGE}${name}`, 'utf8');

/** What AppSync knows without being told. */
const AWS = `
  scalar AWSJSON
  scalar AWSTimestamp
  directive @aws_oidc on OBJECT | FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;
const schema = buildASTSchema(parse(AWS + read('schema.graphql')));

test('the schema is sound for GraphQL 16, which the clients use', () => {
  expect(version).toMatch(/^16\./);
  expect(validateSchema(schema)).toEqual([]);
});

test('every field of the three roots has its pipeline, and nothing else has', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((root) => {
    const type = root as GraphQLObjectType;
    return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
  });
  expect(Object.keys(manifest.fields).sort()).toEqual(fields.sort());
});

test('every function is used and every file is a function', () => {
  const functions = Object.entries(manifest.functions);
  const used = new Set(Object.values(manifest.fields).flatMap(({ pipeline }) => pipeline));
  expect([...used].sort()).toEqual(functions.map(([name]) => name).sort());
  const named = new Set([
    ...functions.map(([, { code }]) => code),
    ...Object.values(manifest.fields).map(({ code }) => code),
  ]);
  const files = readdirSync(`${PACKAGE}resolvers`).filter((name) => name.endsWith('.js'));
  expect(files.map((name) => `resolvers/${name}`).sort()).toEqual([...named].sort());
  for (const [name, { code, dataSource }] of functions) {
    expect(code).toBe(`resolvers/${name}.js`);
    expect(Object.keys(manifest.dataSources)).toContain(dataSource);
  }
});

test('every table has its name in the environment, and resolvers ask for no other variable', () => {
  const tables = Object.values(manifest.tables).map(({ environment }) => environment);
  expect(manifest.environment.slice().sort()).toEqual(tables.sort());
  for (const { code } of Object.values(manifest.functions)) {
    for (const [, name] of read(code).matchAll(/ctx\.env\.(\w+)/g)) expect(manifest.environment).toContain(name);
  }
});

test('the README names every error code, and resolvers and handlers use no other', () => {
  const readme = read('README.md');
  for (const code of apiErrorCodes) expect(readme).toContain(`\`${code}\``);
  const known: readonly string[] = apiErrorCodes;
  for (const { code } of Object.values(manifest.functions)) {
    for (const [, used] of read(code).matchAll(/util\.error\([^;]*?, '(\w+)'/g)) expect(known).toContain(used);
  }
  expect(existsSync(`${PACKAGE}${manifest.schema}`)).toBe(true);
});
