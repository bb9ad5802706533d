import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { AppSyncClient } from '@aws-sdk/client-appsync';
import manifest from '@evertill/api/manifest.json' with { type: 'json' };
import { examineApi, type Expected, type Finding } from './examine-api.ts';

export const USAGE = `evertill-doctor: looks whether an AppSync API is the one that Evertill designed, and changes nothing

  evertill-doctor --api ID --region REGION [--json]

Credentials come from where AWS's tools find them. Needed: appsync:GetGraphqlApi, appsync:GetIntrospectionSchema.
Exit status: 0 sound, 1 something is wrong, 2 the command cannot be used.
`;

/** Where the command writes, and what it reaches the world with. */
export type DoctorSurroundings = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly clientFor: (region: string) => AppSyncClient;
  readonly fetch: typeof fetch;
};

export const surroundings: DoctorSurroundings = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  clientFor: (region) => new AppSyncClient({ region, maxAttempts: 3 }),
  fetch,
};

/** The command; answers with its exit status. */
export async function doctor(
  args: readonly string[],
  { out, err, clientFor, fetch }: DoctorSurroundings,
): Promise<number> {
  const wanted = readArguments(args);
  if (typeof wanted === 'string') {
    err(`${wanted}\n\n${USAGE}`);
    return 2;
  }
  const client = clientFor(wanted.region);
  const findings = await examineApi({ client, apiId: wanted.api, expected: designedApi(), fetch });
  client.destroy();
  out(wanted.json ? `${JSON.stringify(findings)}\n` : findings.map(inWords).join(''));
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

function readArguments(args: readonly string[]): { api: string; region: string; json: boolean } | string {
  try {
    const options = {
      api: { type: 'string' },
      region: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { api, region, json } = parseArgs({ args: [...args], options }).values;
    if (!api || !/^[a-z0-9]{1,40}$/.test(api)) return 'name the API by its id (--api)';
    if (!region || !/^[a-z0-9-]{1,30}$/.test(region)) return 'name the region (--region)';
    return { api, region, json };
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

/** What sync/api says. */
export function designedApi(): Expected {
  const schemaFile = createRequire(import.meta.url).resolve('@evertill/api/schema.graphql');
  return { schema: readFileSync(schemaFile, 'utf8'), authentication: manifest.authentication };
}

function inWords({ check, ok, detail }: Finding): string {
  return `${ok ? '✓' : '✗'} ${check.padEnd(14)} ${detail.replaceAll('\n', `\n${' '.repeat(17)}`)}\n`;
}
