import {
  type AppSyncClient,
  GetGraphqlApiCommand,
  GetIntrospectionSchemaCommand,
  type GraphqlApi,
} from '@aws-sdk/client-appsync';
import { schemaDifferences } from './schema-differences.ts';

/** What the doctor looked at, in the order in which it looks. Where one thing is missing, what rests on it is not looked at. */
export type Finding = {
  readonly check: 'api' | 'schema' | 'authentication' | 'realtime' | 'endpoint';
  readonly ok: boolean;
  /** One sentence, or a line per difference. */
  readonly detail: string;
};

/** How the API ought to be: sync/api's schema and the `authentication` of its manifest. */
export type Expected = {
  readonly schema: string;
  readonly authentication: { readonly default: string; readonly additional: readonly string[] };
};

export type Examination = {
  readonly client: AppSyncClient;
  readonly apiId: string;
  readonly expected: Expected;
  readonly fetch: typeof fetch;
};

const REQUEST_TIMEOUT_MS = 15_000;
const DIFFERENCES_SHOWN_MAX = 20;

/** Looks at one AppSync API, changes nothing, and never rejects: what cannot be looked at is a finding too. */
export async function examineApi({ client, apiId, expected, fetch }: Examination): Promise<Finding[]> {
  const found = await readApi(client, apiId);
  if (!found.api) return [found.finding];
  const { api } = found;
  return [
    found.finding,
    await examineSchema(client, apiId, expected.schema),
    examineAuthentication(api, expected.authentication),
    examineRealtime(api),
    await examineEndpoint(api, fetch),
  ];
}

async function readApi(client: AppSyncClient, apiId: string): Promise<{ finding: Finding; api?: GraphqlApi }> {
  try {
    const { graphqlApi: api } = await client.send(new GetGraphqlApiCommand({ apiId }), deadline());
    if (!api) return { finding: { check: 'api', ok: false, detail: 'AWS answered without an API.' } };
    return { finding: { check: 'api', ok: true, detail: `${api.name ?? apiId} is there.` }, api };
  } catch (thrown) {
    return { finding: { check: 'api', ok: false, detail: sentenceOf(thrown) } };
  }
}

async function examineSchema(client: AppSyncClient, apiId: string, expected: string): Promise<Finding> {
  try {
    const command = new GetIntrospectionSchemaCommand({ apiId, format: 'SDL', includeDirectives: true });
    const { schema } = await client.send(command, deadline());
    const differences = schemaDifferences(expected, Buffer.from(schema ?? []).toString('utf8'));
    if (differences.length === 0) return { check: 'schema', ok: true, detail: 'The schema is the one designed.' };
    const lines = differences.slice(0, DIFFERENCES_SHOWN_MAX).map(({ at, here, there }) => {
      return `${at}: designed ${here ?? 'not to be'}, found ${there ?? 'nothing'}`;
    });
    const rest = differences.length - lines.length;
    return { check: 'schema', ok: false, detail: [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n') };
  } catch (thrown) {
    return { check: 'schema', ok: false, detail: sentenceOf(thrown) };
  }
}

function examineAuthentication(api: GraphqlApi, expected: Expected['authentication']): Finding {
  const others = (api.additionalAuthenticationProviders ?? [])
    .map(({ authenticationType }) => `${authenticationType}`)
    .sort();
  const found = [`${api.authenticationType}`, ...others].join(', ');
  const wanted = [expected.default, ...[...expected.additional].sort()].join(', ');
  const isKeyless = !found.includes('API_KEY');
  if (found === wanted) return { check: 'authentication', ok: true, detail: found };
  const warning = isKeyless ? '' : ' A shared key is no identity: anybody who has it can write into any journal.';
  return { check: 'authentication', ok: false, detail: `designed ${wanted}, found ${found}.${warning}` };
}

function examineRealtime({ uris }: GraphqlApi): Finding {
  const url = uris?.['REALTIME'];
  return { check: 'realtime', ok: Boolean(url), detail: url ?? 'There is no address for subscriptions.' };
}

/** Asks without a token: an API that is reachable and guarded refuses with 401. */
async function examineEndpoint({ uris }: GraphqlApi, fetchUrl: typeof fetch): Promise<Finding> {
  const url = uris?.['GRAPHQL'];
  if (!url) return { check: 'endpoint', ok: false, detail: 'There is no address for queries.' };
  try {
    const response = await fetchUrl(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    await response.body?.cancel();
    const ok = response.status === 401;
    const detail = ok ? 'reachable, and closed to strangers' : `answered ${response.status} to a stranger, not 401`;
    return { check: 'endpoint', ok, detail: `${url} ${detail}.` };
  } catch (thrown) {
    return { check: 'endpoint', ok: false, detail: `${url} cannot be reached: ${sentenceOf(thrown)}` };
  }
}

function deadline(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) };
}

const SENTENCE_CHARS_MAX = 300;

function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown fault';
  const cause = thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
  return `${thrown.name}: ${thrown.message}${cause}`.slice(0, SENTENCE_CHARS_MAX);
}
