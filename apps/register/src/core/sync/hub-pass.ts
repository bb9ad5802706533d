import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TokenRefused } from '@evertill/client';
import type { SigningKey } from '@evertill/journal';
import { enrolmentSchema, type Enrolment } from '@evertill/enrolment';
import { replaceFileDurably } from '@evertill/published';
import { z } from 'zod';

/** What the hub said when this register joined it; the private key never left this machine. */
const passSchema = z.object({
  v: z.literal(1),
  url: z.url(),
  issuer: z.url(),
  register: z.string(),
  keyId: z.string(),
});
export type HubPass = z.infer<typeof passSchema>;

const enrolAnswer = z.object({
  ok: z.literal(true),
  issuer: z.url(),
  author: z.object({ tenant: z.string(), register: z.string(), keyId: z.string() }),
  enrolment: enrolmentSchema.nullish(),
});
const enrolRefusal = z.object({ ok: z.literal(false), error: z.object({ code: z.string().max(80) }) });

/** What joining came to where it did not succeed. */
export type JoinFaultCode = 'hub-unreachable' | 'code-refused' | 'register-taken';
export class JoinFault extends Error {
  override readonly name = 'JoinFault';
  readonly code: JoinFaultCode;

  constructor(code: JoinFaultCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
const tokenAnswer = z.object({ ok: z.literal(true), token: z.string().max(8_192) });

/** The token handler's two ways to say no. */
const tokenRefusal = z.object({ error: z.object({ code: z.enum(['not-enrolled', 'assertion-refused']) }) });

const DEADLINE_MS = 10_000;
/** The hub takes assertions of at most two minutes. */
const ASSERTION_LIFE_S = 60;

export type HubNeeds = {
  folder: string;
  identity: { tenant: string; register: string };
  key: SigningKey;
  nowMs: () => number;
  newId: () => string;
  fetch: typeof fetch;
};

/** The pass of an earlier enrolment with this hub and this key, or `null`. */
export function readPass(needs: Pick<HubNeeds, 'folder' | 'key'>, url: string): HubPass | null {
  let text: string;
  try {
    text = readFileSync(passFile(needs.folder), 'utf8');
  } catch {
    return null; // there was none yet
  }
  const parsed = passSchema.safeParse(jsonOf(text));
  return parsed.success && parsed.data.url === url && parsed.data.keyId === needs.key.keyId ? parsed.data : null;
}

export type Joined = { pass: HubPass; tenant: string; enrolment: Enrolment | null };

/**
 * Joins a hub with a one-time code, in exchange for this register's public key; a lost answer is asked for again with the same code.
 * Nothing is kept yet: see {@link keepPass}.
 *
 * @throws JoinFault
 */
export async function joinHub(
  { key, fetch: send }: Pick<HubNeeds, 'key' | 'fetch'>,
  url: string,
  code: string,
): Promise<Joined> {
  const answered = await post(send, `${url}/enrol`, { code, publicKey: key.publicKey }).catch((cause: unknown) => {
    throw new JoinFault('hub-unreachable', `${url} does not answer`, { cause });
  });
  const refused = enrolRefusal.safeParse(answered.body);
  if (refused.success) {
    const taken = refused.data.error.code === 'register-taken';
    throw new JoinFault(taken ? 'register-taken' : 'code-refused', `${url} says ${refused.data.error.code}`);
  }
  const joined = enrolAnswer.safeParse(answered.body);
  if (!joined.success)
    throw new JoinFault('hub-unreachable', `${url} answered ${answered.status}, and not as a hub does`);
  const { author, issuer, enrolment } = joined.data;
  const pass: HubPass = { v: 1, url, issuer, register: author.register, keyId: author.keyId };
  return { pass, tenant: author.tenant, enrolment: enrolment ?? null };
}

export function keepPass(folder: string, pass: HubPass): void {
  mkdirSync(folder, { recursive: true });
  replaceFileDurably(passFile(folder), `${JSON.stringify(pass)}\n`);
}

/** Joins as a register that knows its store already. @throws JoinFault, and Error for a code of another register. */
export async function enrol(needs: HubNeeds, url: string, code: string): Promise<HubPass> {
  const { pass, tenant } = await joinHub(needs, url, code);
  if (tenant !== needs.identity.tenant || pass.register !== needs.identity.register) {
    throw new JoinFault('code-refused', `the code is for register ${tenant}/${pass.register}`);
  }
  keepPass(needs.folder, pass);
  return pass;
}

/**
 * A short-lived token for an assertion that this register signs with its own key (RFC 7523).
 *
 * @throws TokenRefused when the hub said no; Error when it cannot be reached.
 */
export async function token(
  needs: Pick<HubNeeds, 'identity' | 'key' | 'nowMs' | 'newId' | 'fetch'>,
  pass: HubPass,
): Promise<string> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(needs.nowMs() / 1000);
  const { tenant, register } = needs.identity;
  const claims = { iss: register, tenant, aud: pass.issuer, iat, exp: iat + ASSERTION_LIFE_S, jti: needs.newId() };
  const signed = `${part({ alg: 'EdDSA', kid: needs.key.keyId })}.${part(claims)}`;
  const signature = Buffer.from(needs.key.sign(Buffer.from(signed))).toString('base64url');
  const { status, body } = await post(needs.fetch, `${pass.url}/token`, { assertion: `${signed}.${signature}` });
  const refused = tokenRefusal.safeParse(body);
  if (refused.success) throw new TokenRefused(refused.data.error.code !== 'not-enrolled');
  const answer = tokenAnswer.safeParse(body);
  if (!answer.success) throw new Error(`${pass.url} gave no token: ${status} ${JSON.stringify(body).slice(0, 200)}`);
  return answer.data.token;
}

/** What answers, whatever its status; rejects where nothing does, or no JSON. */
async function post(send: typeof fetch, url: string, body: object): Promise<{ status: number; body: unknown }> {
  const response = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    // A redirect is somebody else's way to say hello: following it would show the code to a stranger.
    redirect: 'manual',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

const passFile = (folder: string): string => path.join(folder, 'hub.json');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
