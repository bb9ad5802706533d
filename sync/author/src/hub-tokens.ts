import type { TokenSource } from '@evertill/client';
import type { SigningKey } from '@evertill/journal';
import { z } from 'zod';
import { AuthorFault } from './author-fault.ts';
import type { HubPass } from './hub-pass.ts';
import { postJson } from './post-json.ts';

/** The hub takes assertions of at most two minutes. */
const ASSERTION_LIFE_S = 60;
const tokenAnswer = z.object({ ok: z.literal(true), token: z.string().max(8_192) });

export type TokenNeeds = {
  readonly key: SigningKey;
  readonly fetch: typeof fetch;
  readonly nowMs: () => number;
  readonly newId: () => string;
};

/**
 * Short-lived tokens for assertions that the author signs with its own key (RFC 7523); one is kept until the server refuses it. Rejects with
 * AuthorFault `hub-unreachable`, `no-hub`, `token-refused`.
 */
export function hubTokens(pass: HubPass, needs: TokenNeeds): TokenSource {
  let held: Promise<string> | null = null;
  return ({ renew }) => {
    if (renew) held = null;
    held ??= askForToken(pass, needs).catch((fault: unknown) => {
      held = null;
      throw fault;
    });
    return held;
  };
}

async function askForToken({ url, issuer, tenant, register }: HubPass, needs: TokenNeeds): Promise<string> {
  const { key, nowMs, newId } = needs;
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(nowMs() / 1000);
  const claims = { iss: register, tenant, aud: issuer, iat, exp: iat + ASSERTION_LIFE_S, jti: newId() };
  const signed = `${part({ alg: 'EdDSA', kid: key.keyId })}.${part(claims)}`;
  const signature = Buffer.from(key.sign(Buffer.from(signed))).toString('base64url');
  const { status, answer } = await postJson(needs.fetch, `${url}/token`, { assertion: `${signed}.${signature}` });
  const read = tokenAnswer.safeParse(answer);
  if (!read.success) throw new AuthorFault('token-refused', `${url} answered ${status}`);
  return read.data.token;
}
