import { AppSyncClient } from '@aws-sdk/client-appsync';
import { parse, print, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { designedApi, doctor } from './doctor.ts';

type Recorded = { status: number; body: unknown; headers?: Record<string, string> };

/** What AppSync's REST interface answers, by path; requests are signed and answers parsed by the SDK itself. */
function recordedClient(answers: Record<string, Recorded>, asked: string[]): AppSyncClient {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
  const client = new AppSyncClient({ region: 'eu-central-1', credentials, maxAttempts: 1 });
  const answer = (request: unknown): Recorded => {
    const { path, headers } = request as { path: string; headers: Record<string, string> };
    expect(headers['authorization']).toContain('AWS4-HMAC-SHA256');
    asked.push(path);
    return (
      answers[path] ?? {
        status: 404,
        body: { message: 'GraphQL API not found.' },
        headers: { 'x-amzn-errortype': 'NotFoundException' },
      }
    );
  };
  const replay =
    () =>
    async ({ request }: { request: unknown }) => {
      const { status, body, headers = {} } = answer(request);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = {
        statusCode: status,
        headers: { 'content-type': 'application/json', ...headers },
        body: Buffer.from(text),
      };
      // The SDK reads the answer into `output` on its way back.
      return { response, output: undefined as never };
    };
  client.middlewareStack.add(replay, { step: 'deserialize', priority: 'low', name: 'recorded' });
  return client;
}

const { schema } = designedApi();
const API = {
  name: 'evertill',
  apiId: 'abc123',
  authenticationType: 'OPENID_CONNECT',
  additionalAuthenticationProviders: [{ authenticationType: 'AWS_IAM' }],
  uris: { GRAPHQL: 'https://api.example/graphql', REALTIME: 'wss://realtime.example/graphql' },
};

type Case = { api?: unknown; schema?: string; endpoint?: number | Error };

async function examine(
  { api = API, schema: found = schema, endpoint = 401 }: Case,
  args = ['--api', 'abc123', '--region', 'eu-central-1'],
) {
  const asked: string[] = [];
  let out = '';
  let err = '';
  const answers = {
    '/v1/apis/abc123': { status: 200, body: { graphqlApi: api } },
    '/v1/apis/abc123/schema': { status: 200, body: found, headers: { 'content-type': 'application/octet-stream' } },
  };
  const status = await doctor(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    clientFor: () => recordedClient(answers, asked),
    fetch: () =>
      endpoint instanceof Error ? Promise.reject(endpoint) : Promise.resolve(new Response('', { status: endpoint })),
  });
  return { status, out, err, asked };
}

describe('evertill-doctor', () => {
  test('finds an API as it was designed sound', async () => {
    const { status, out, asked } = await examine({});
    expect(out.match(/^✓/gm)).toHaveLength(5);
    expect(status).toBe(0);
    expect(asked).toEqual(['/v1/apis/abc123', '/v1/apis/abc123/schema']);
  });

  test('says that there is no such API, and looks no further', async () => {
    const { status, out, asked } = await examine({}, ['--api', 'other', '--region', 'eu-central-1']);
    expect(out).toBe('✗ api            NotFoundException: GraphQL API not found.\n');
    expect({ status, asked }).toEqual({ status: 1, asked: ['/v1/apis/other'] });
  });

  test('takes a schema in another order, without words, with AppSync’s own additions for the same', async () => {
    const reversed = visit(parse(schema), {
      FieldDefinition: { leave: (node) => ({ ...node, description: undefined }) },
      ObjectTypeDefinition: { leave: (node) => ({ ...node, fields: [...(node.fields ?? [])].reverse() }) },
      Document: { leave: (node) => ({ ...node, definitions: [...node.definitions].reverse() }) },
    });
    const additions = 'scalar AWSJSON directive @aws_oidc on OBJECT | FIELD_DEFINITION ';
    expect((await examine({ schema: additions + print(reversed) })).status).toBe(0);
  });

  test.each([
    [
      'a field that is missing',
      (text: string) => text.replace(/ {2}"[^"]*"\n {2}head\(.*\n/, ''),
      'Query.head: designed',
    ],
    [
      'a type that changed',
      (text: string) => text.replace('accepted: Int!', 'accepted: String!'),
      'AppendSegmentResult.accepted',
    ],
    [
      'a mutation open to others',
      (text: string) =>
        text.replace(
          'publishHint(input: HintInput!): Hint! @aws_iam',
          'publishHint(input: HintInput!): Hint! @aws_api_key',
        ),
      'Mutation.publishHint',
    ],
    ['a type too many', (text: string) => `${text}\ntype Backdoor { key: String }`, 'Backdoor: designed not to be'],
  ])('names %s', async (_what, change, named) => {
    expect(change(schema)).not.toBe(schema);
    const { status, out } = await examine({ schema: change(schema) });
    expect(status).toBe(1);
    expect(out).toContain(named);
  });

  test('a schema that is none is a finding', async () => {
    const { status, out } = await examine({ schema: 'type {' });
    expect(status).toBe(1);
    expect(out).toContain('✗ schema         GraphQLError');
  });

  test.each([
    [
      'a shared key',
      { ...API, additionalAuthenticationProviders: [{ authenticationType: 'API_KEY' }] },
      'A shared key is no identity',
    ],
    [
      'another default',
      { ...API, authenticationType: 'AWS_IAM', additionalAuthenticationProviders: [] },
      'designed OPENID_CONNECT, AWS_IAM, found AWS_IAM',
    ],
    ['no realtime', { ...API, uris: { GRAPHQL: API.uris.GRAPHQL } }, '✗ realtime'],
    ['no address', { ...API, uris: {} }, '✗ endpoint'],
  ])('names %s', async (_what, api, named) => {
    const { status, out } = await examine({ api });
    expect(status).toBe(1);
    expect(out).toContain(named);
  });

  test.each([
    ['open to strangers', 200, 'answered 200 to a stranger'],
    [
      'not reachable',
      new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND api.example') }),
      'ENOTFOUND',
    ],
  ])('names an endpoint that is %s', async (_what, endpoint, named) => {
    const { status, out } = await examine({ endpoint });
    expect(status).toBe(1);
    expect(out).toContain(named);
  });

  test.each([[[]], [['--api', 'abc']], [['--api', '../x', '--region', 'eu-central-1']], [['--what']]])(
    '%j cannot be used',
    async (args) => {
      const { status, err } = await examine({}, args);
      expect(status).toBe(2);
      expect(err).toContain('evertill-doctor --api ID');
    },
  );

  test('speaks JSON to machines', async () => {
    const { out } = await examine({}, ['--api', 'abc123', '--region', 'eu-central-1', '--json']);
    expect(JSON.parse(out)).toHaveLength(5);
  });
});
