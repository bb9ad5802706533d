import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SigningKey } from '@evertill/journal';

const HUB = fileURLToPath(new URL('../../../apps/hub/src/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The hub as it is started in a shop: a process of its own, spoken to over its port and in no other way. */
export type HubProcess = { readonly url: string; kill(): Promise<void> };

export async function startHubProcess(folder: string, port = 0): Promise<HubProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', HUB, 'serve', '--folder', folder, '--port', String(port)], {
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

const AUTHOR = ['--tenant', 'acme', '--store', 'berlin-1', '--register', 'berlin-1-r1'];

/** Enrols the register of the example journal, with the code that the command prints. */
export async function enrolRegister(folder: string, hubUrl: string, key: SigningKey): Promise<void> {
  const command = ['--import', 'tsx', HUB, 'enroll', '--folder', folder, ...AUTHOR];
  const code = execFileSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const body = JSON.stringify({ code: code.trim(), publicKey: key.publicKey });
  const response = await fetch(`${hubUrl}/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!response.ok) throw new Error(`enrolment answered ${response.status}`);
}

/** A token for an assertion that the register signs with its own key. */
export async function tokenFrom(hubUrl: string, key: SigningKey): Promise<string> {
  const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: 'berlin-1-r1', tenant: 'acme', aud: hubUrl, iat, exp: iat + 60, jti: randomUUID() };
  const signed = `${text({ alg: 'EdDSA', kid: key.keyId })}.${text(claims)}`;
  const signature = Buffer.from(key.sign(Buffer.from(signed))).toString('base64url');
  const body = JSON.stringify({ assertion: `${signed}.${signature}` });
  const response = await fetch(`${hubUrl}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer = (await response.json()) as { ok: boolean; token?: string };
  if (!answer.token) throw new Error(`no token: ${JSON.stringify(answer)}`);
  return answer.token;
}
