import type { KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, createLocalJWKSet, decodeJwt, errors, exportJWK, jwtVerify, SignJWT } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { z } from 'zod';
import { BoundedCache } from '../bounded-cache.ts';
import type { Caller } from '../graphql/caller.ts';

/** An author as it was enrolled. */
export interface EnrolledAuthor {
  store: string;
  role: string;
  keyId: string;
  /** A function, because few who ask need it and a key costs something to read. */
  publicKey: () => KeyObject;
  isActive: boolean;
}

export interface RegisterTokensOptions {
  /** Private key of curve P-256. Its public half is what AppSync reads from the JWKS. */
  signingKey: KeyObject;
  /** The hub's own URL; asked anew each time, because a port may be given only when the hub listens. */
  issuer: () => string;
  findAuthor: (tenant: string, register: string) => EnrolledAuthor | undefined;
  nowMs: () => number;
  uuid: () => string;
  /** For the log: what was refused and why. Who it was is what the refused said of itself. */
  onRefused?: (what: 'assertion' | 'token', detail: { why: string; who?: string }) => void;
}

export type TokenAnswer =
  | { ok: true; token: string; expiresInSeconds: number }
  | { ok: false; error: { code: 'assertion-refused' | 'not-enrolled' } };

const AUDIENCE = 'evertill';
const TOKEN_LIFE_SECONDS = 15 * 60;
const ASSERTION_AGE_MAX_SECONDS = 120;
const CLOCK_TOLERANCE_SECONDS = 60;
/** Assertions seen and not yet too old. Beyond this many the oldest is forgotten, which its expiry bounds. */
const SEEN_MAX = 10_000;
/** Tokens whose signatures were verified: one for each register that is there. */
const VERIFIED_MAX = 10_000;

const id = z.string().min(1).max(64);
const assertionClaims = z.object({ iss: id, tenant: id, jti: z.string().min(8).max(128) });
const tokenClaims = z.object({ tenant: id, store: id, register: id, role: id });

/**
 * The token handler. A register states who it is in a JWT signed with its own Ed25519 key (`alg` EdDSA, `kid` its key id, `iss` the
 * register, `tenant`, `aud` the issuer's URL, `iat`, `exp` at most two minutes later, `jti` once) and gets a token that AppSync takes
 * as OIDC: ES256, fifteen minutes. What the token says comes from the enrolment, never from the assertion.
 */
export class RegisterTokens {
  readonly #options: RegisterTokensOptions;
  readonly #keyId: string;
  readonly #verifyKey: ReturnType<typeof createLocalJWKSet>;
  readonly #seen = new Set<string>();
  readonly #verified = new BoundedCache<string, JWTPayload>(VERIFIED_MAX);
  /** For `/.well-known/jwks.json`. */
  readonly keySet: JSONWebKeySet;

  private constructor(options: RegisterTokensOptions, keyId: string, keySet: JSONWebKeySet) {
    this.#options = options;
    this.#keyId = keyId;
    this.keySet = keySet;
    this.#verifyKey = createLocalJWKSet(keySet);
  }

  static async create(options: RegisterTokensOptions): Promise<RegisterTokens> {
    const { kty, crv, x, y } = await exportJWK(options.signingKey);
    if (crv !== 'P-256' || !kty || !x || !y) throw new Error('Tokens are signed with a key of curve P-256');
    const publicHalf = { kty, crv, x, y };
    const keyId = await calculateJwkThumbprint(publicHalf);
    return new RegisterTokens(options, keyId, { keys: [{ ...publicHalf, kid: keyId, alg: 'ES256', use: 'sig' }] });
  }

  /** Answers an assertion with a token. Refusals say no more than that: why is for the hub's log. */
  async exchange(assertion: string): Promise<TokenAnswer> {
    const named = assertionClaims.safeParse(claimsIn(assertion));
    if (!named.success) return this.#refused('claims', 'nobody', 'assertion-refused');
    const { iss: register, tenant, jti } = named.data;
    const who = `${tenant}/${register}`;
    const author = this.#options.findAuthor(tenant, register);
    if (!author?.isActive) return this.#refused(author ? 'revoked' : 'unknown', who, 'not-enrolled');
    const fault = await this.#assertionFault(assertion, author);
    if (fault !== null) return this.#refused(fault, who, 'assertion-refused');
    const once = `${tenant}\0${register}\0${jti}`;
    if (this.#seen.has(once)) return this.#refused('said before', who, 'assertion-refused');
    this.#remember(once);
    const nowSeconds = Math.floor(this.#options.nowMs() / 1000);
    const token = await new SignJWT({ tenant, store: author.store, register, role: author.role })
      .setProtectedHeader({ alg: 'ES256', kid: this.#keyId, typ: 'JWT' })
      .setIssuer(this.#options.issuer())
      .setSubject(`${tenant}/${register}`)
      .setAudience(AUDIENCE)
      .setJti(this.#options.uuid())
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + TOKEN_LIFE_SECONDS)
      .sign(this.#options.signingKey);
    return { ok: true, token, expiresInSeconds: TOKEN_LIFE_SECONDS };
  }

  /** Who a request's token names; `undefined` for a missing, foreign, forged, expired or revoked one. */
  async callerOf(authorization: unknown): Promise<Caller | undefined> {
    if (typeof authorization !== 'string' || authorization === '') return this.#notLetIn('none');
    const token = authorization.replace(/^Bearer /, '');
    try {
      const payload = this.#verifiedBefore(token) ?? (await this.#verify(token));
      const claims = tokenClaims.safeParse(payload);
      if (!claims.success) return this.#notLetIn('claims', payload.sub);
      if (!this.#isStillTrue(claims.data)) return this.#notLetIn('revoked', payload.sub);
      return { mode: 'oidc', claims: { ...payload }, issuer: this.#options.issuer(), subject: String(payload.sub) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return this.#notLetIn(error.code, subjectIn(token));
      throw error;
    }
  }

  /** A signature stays true; that it is still its time is looked at each time. */
  #verifiedBefore(token: string): JWTPayload | undefined {
    const payload = this.#verified.get(token);
    const isOver = payload?.exp !== undefined && payload.exp * 1000 <= this.#options.nowMs();
    if (payload && !isOver && payload.iss === this.#options.issuer()) return payload;
    this.#verified.delete(token);
    return undefined;
  }

  async #verify(token: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, this.#verifyKey, {
      issuer: this.#options.issuer(),
      audience: AUDIENCE,
      algorithms: ['ES256'],
      currentDate: new Date(this.#options.nowMs()),
      requiredClaims: ['exp', 'sub'],
    });
    this.#verified.set(token, payload);
    return payload;
  }

  /** On AWS a token lives out its quarter of an hour; here revoking a register is heard at once. */
  #isStillTrue({ tenant, register, store, role }: z.output<typeof tokenClaims>): boolean {
    const author = this.#options.findAuthor(tenant, register);
    return author !== undefined && author.isActive && author.store === store && author.role === role;
  }

  #refused(why: string, who: string, code: 'assertion-refused' | 'not-enrolled'): TokenAnswer {
    this.#options.onRefused?.('assertion', { why, who });
    return { ok: false, error: { code } };
  }

  #notLetIn(why: string, who?: string): undefined {
    this.#options.onRefused?.('token', { why, ...(who !== undefined && { who }) });
  }

  /** Why an assertion is not its author's; `null` where it is. */
  async #assertionFault(assertion: string, author: EnrolledAuthor): Promise<string | null> {
    try {
      const { protectedHeader, payload } = await jwtVerify(assertion, author.publicKey(), {
        audience: this.#options.issuer(),
        algorithms: ['EdDSA'],
        currentDate: new Date(this.#options.nowMs()),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: ASSERTION_AGE_MAX_SECONDS,
        requiredClaims: ['exp', 'iat', 'jti'],
      });
      if (protectedHeader.kid !== author.keyId) return 'another key';
      return lifeSeconds(payload) <= ASSERTION_AGE_MAX_SECONDS ? null : 'lives too long';
    } catch (error) {
      if (error instanceof errors.JOSEError) return error.code;
      throw error;
    }
  }

  #remember(once: string): void {
    const [oldest] = this.#seen;
    if (this.#seen.size >= SEEN_MAX && oldest !== undefined) this.#seen.delete(oldest);
    this.#seen.add(once);
  }
}

function lifeSeconds({ iat = 0, exp = 0 }: JWTPayload): number {
  return exp - iat;
}

/** What an assertion says, believed only as far as to look up whose key has to have signed it. */
function claimsIn(assertion: string): JWTPayload | undefined {
  try {
    return decodeJwt(assertion);
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** Whom a token that was refused names, for the log alone. */
function subjectIn(token: string): string | undefined {
  const sub: unknown = claimsIn(token)?.sub;
  return typeof sub === 'string' ? sub : undefined;
}
