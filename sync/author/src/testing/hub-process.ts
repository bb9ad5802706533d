import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const HUB = fileURLToPath(new URL('../../../../apps/hub/src/main.ts', import.meta.url));
const NODE = ['--import', 'tsx', '--disable-warning=ExperimentalWarning', HUB];

/** The hub as it is started in a shop: a process of its own, spoken to over its port and in no other way. */
export type HubProcess = { readonly url: string; kill(): Promise<void> };

export async function startHubProcess(folder: string, port = 0): Promise<HubProcess> {
  const child = spawn(process.execPath, [...NODE, 'serve', '--folder', folder, '--port', String(port)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await urlOf(child);
  return {
    url,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function urlOf(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return (JSON.parse(String(chunk)) as { url: string }).url;
  throw new Error('the hub ended before it said where it is');
}

export type Invited = {
  readonly tenant: string;
  readonly store: string;
  readonly register: string;
  readonly role: string;
};

/** A one-time code as the hub's command prints it. */
export function codeFor(folder: string, invited: Invited): string {
  const whom = Object.entries(invited).map(([name, value]) => `--${name}=${value}`);
  return execFileSync(process.execPath, [...NODE, 'enroll', `--folder=${folder}`, ...whom], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** Takes a store's folder over, as `set-up` does; also while the hub serves. */
export function setUpStore(folder: string, storeFolder: string): void {
  const command = [...NODE, 'set-up', `--folder=${folder}`, `--store-folder=${storeFolder}`];
  execFileSync(process.execPath, command, { cwd: ROOT, stdio: 'ignore' });
}

/** One GraphQL exchange with a token, as the body that came. */
export async function askHub(url: string, token: string, query: string, variables: object = {}): Promise<HubAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as HubAnswer;
}

export type HubAnswer = {
  readonly data: { readonly [field: string]: never } | null;
  readonly errors?: readonly object[];
};
