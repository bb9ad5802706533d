import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SealedRecord, SigningKey } from '@evertill/journal';
import { readRecord } from '@evertill/records';
import { openDataFolder } from '../src/data-folder.ts';
import type { DataFolder } from '../src/data-folder.ts';
import { Enrolment } from '../src/enrolment.ts';
import type { Author } from '../src/enrolment.ts';
import { startHub } from '../src/hub.ts';
import type { Hub, HubHere } from '../src/hub.ts';

/** A hub as its clients know it. */
type Address = Pick<Hub, 'url'>;

export interface TestHub {
  hub: HubHere;
  folder: DataFolder;
  faults: string[];
  close(): Promise<void>;
  /** For a test that has ended the hub itself. */
  discard(): void;
}

/** A real hub on a free port of this machine, in a folder of its own. */
export async function startTestHub(): Promise<TestHub> {
  const path = mkdtempSync(join(tmpdir(), 'evertill-hub-'));
  const folder = openDataFolder(path, { exclusive: true });
  const faults: string[] = [];
  const hub = await startHub({
    folder,
    host: '127.0.0.1',
    port: 0,
    nowMs: () => Date.now(),
    log: (level, event, detail) => level === 'error' && faults.push(`${event} ${String(detail?.error)}`),
  });
  const discard = (): void => {
    folder.close();
    rmSync(path, { recursive: true });
  };
  return {
    hub,
    folder,
    faults,
    close: async () => {
      await hub.close();
      discard();
    },
    discard,
  };
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A code as the `enroll` command issues it, taken at once. */
export async function enrol(
  { hub, folder }: Pick<TestHub, 'hub' | 'folder'>,
  author: Author,
  key: SigningKey,
): Promise<void> {
  const code = new Enrolment(folder.enrolment, () => Date.now()).issue(author, randomBytes);
  const { status } = await post(`${hub.url}/enrol`, { code, publicKey: key.publicKey });
  if (status !== 200) throw new Error(`enrolment answered ${status}`);
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a register says to get a token. */
export function assertionOf(
  hub: Address,
  { tenant, register }: Pick<Author, 'tenant' | 'register'>,
  key: SigningKey,
  claims: object = {},
): string {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const payload = {
    iss: register,
    tenant,
    aud: hub.url,
    iat: nowSeconds,
    exp: nowSeconds + 60,
    jti: randomUUID(),
    ...claims,
  };
  const signed = `${base64url({ alg: 'EdDSA', kid: key.keyId })}.${base64url(payload)}`;
  return `${signed}.${Buffer.from(key.sign(Buffer.from(signed))).toString('base64url')}`;
}

export async function tokenFor(hub: Address, author: Author, key: SigningKey): Promise<string> {
  const { body } = await post(`${hub.url}/token`, { assertion: assertionOf(hub, author, key) });
  if (body.ok !== true) throw new Error(`no token: ${JSON.stringify(body)}`);
  return String(body.token);
}

export const APPEND = `mutation Append($input: AppendSegmentInput!) {
  appendSegment(input: $input) { accepted duplicate head { register epoch seq hash contested } }
}`;

export function segmentInput(register: string, records: readonly SealedRecord[]): object {
  const { epoch, seq, prevHash } = readRecord(records[0]?.text ?? '').header;
  const sealed = records.map(({ text, hash, alg, keyId, sig }) => ({ text, hash, alg, keyId, sig }));
  return { register, epoch, fromSeq: seq, prevHash, records: sealed };
}

export function graphql(hub: Address, token: string, query: string, variables: object = {}): Promise<Answer> {
  return post(`${hub.url}/graphql`, { query, variables }, { authorization: token });
}
