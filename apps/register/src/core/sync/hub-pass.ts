import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TokenRefused } from '@evertill/client';
import type { SigningKey } from '@evertill/journal';
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
});
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

/** Joins the hub with a one-time code, in exchange for this register's public key. @throws Error in the hub's words. */
export async function enrol(needs: HubNeeds, url: string, code: string): Promise<HubPass> {
  const answer = enrolAnswer.parse(await post(needs.fetch, `${url}/enrol`, { code, publicKey: needs.key.publicKey }));
  const { tenant, register, keyId } = answer.author;
  if (tenant !== needs.identity.tenant || register !== needs.identity.register) {
    throw new Error(`the code is for register ${tenant}/${register}`);
  }
  const pass: HubPass = { v: 1, url, issuer: answer.issuer, register, keyId };
  replaceFileDurably(passFile(needs.folder), `${JSON.stringify(pass)}\n`);
  return pass;
}

/**
 * A short-lived token for an assertion that this register signs with its own key (RFC 7523).
 *
 * @throws TokenRefused when the hub said no; Error when it cannot be reached.
 */
export async function token(needs: HubNeeds, pass: HubPass): Promise<string> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(needs.nowMs() / 1000);
  const { tenant, register } = needs.identity;
  const claims = { iss: register, tenant, aud: pass.issuer, iat, exp: iat + ASSERTION_LIFE_S, jti: needs.newId() };
  const signed = `${part({ alg: 'EdDSA', kid: needs.key.keyId })}.${part(claims)}`;
  const signature = Buffer.from(needs.key.sign(Buffer.from(signed))).toString('base64url');
  return tokenAnswer.parse(await post(needs.fetch, `${pass.url}/token`, { assertion: `${signed}.${signature}` })).token;
}

async function post(send: typeof fetch, url: string, body: object): Promise<unknown> {
  const response = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const answer: unknown = await response.json();
  const refused = tokenRefusal.safeParse(answer);
  if (refused.success) throw new TokenRefused(refused.data.error.code !== 'not-enrolled');
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer).slice(0, 200)}`);
  return answer;
}

const passFile = (folder: string): string => path.join(folder, 'hub.json');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
