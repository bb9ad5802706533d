import { createHash } from 'node:crypto';
import { enrolmentKey } from '@evertill/api';
import type { EnrolledAuthor, Item, Tables } from '@evertill/engine';
import { keyIdOf, readPublicKey } from '@evertill/journal';
import { migrate } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import { z } from 'zod';

const id = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@|+-]*$/);

/** Whom a code is for. */
export const author = z.strictObject({ tenant: id, store: id, register: id, role: z.enum(['register', 'channel']) });
export type Author = z.output<typeof author>;

const issuedAuthor = author.extend({ replace: z.boolean().default(false) });

export const redemption = z.strictObject({
  code: z.string().min(1).max(40),
  /** Raw Ed25519 public key, 64 hexadecimal digits. The private half stays where it was made. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Redeemed =
  | { ok: true; author: Author & { keyId: string } }
  | {
      ok: false;
      error: { code: 'code-unknown' | 'code-expired' | 'code-used' | 'register-taken' | 'too-many-attempts' };
    };

export const CODE_LIFE_MS = 15 * 60 * 1000;
/** Crockford's base 32: no letter that reads like a digit. 40 bits, and few attempts. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_CHARS = 8;
const FAILURES_MAX = 10;
const FAILURES_WINDOW_MS = 60_000;

/** One-time codes by which registers become known. Of a code only its hash is kept. */
export class Enrolment {
  readonly #db: SqliteDatabase;
  readonly #nowMs: () => number;
  readonly #failures: number[] = [];

  constructor(db: SqliteDatabase, nowMs: () => number) {
    migrate(db, [
      {
        name: 'enrolment codes',
        up: (target) =>
          target.exec(
            'CREATE TABLE code (hash TEXT PRIMARY KEY, author TEXT NOT NULL, expires_at_ms INTEGER NOT NULL, public_key TEXT) STRICT',
          ),
      },
    ]);
    this.#db = db;
    this.#nowMs = nowMs;
  }

  /**
   * A new code, to be read out to whoever sets the register up. With `replace` it may take the place of a register that is enrolled: of
   * one whose disk is gone, say.
   */
  issue(forAuthor: Author, random: (bytes: number) => Buffer, { replace = false } = {}): string {
    const code = Array.from(random(CODE_CHARS), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
    const nowMs = this.#nowMs();
    this.#db.transaction(() => {
      this.#db.statement('DELETE FROM code WHERE expires_at_ms < ?').run(nowMs - CODE_LIFE_MS);
      this.#db
        .statement('INSERT INTO code (hash, author, expires_at_ms) VALUES (?, ?, ?)')
        .run(hashOf(code), JSON.stringify({ ...forAuthor, replace }), nowMs + CODE_LIFE_MS);
    });
    return `${code.slice(0, 4)}-${code.slice(4)}`;
  }

  /**
   * Takes a code for a key. The same code with the same key answers the same again, because an answer may be lost on its way; with
   * another key it is used up.
   */
  redeem({ code, publicKey }: z.output<typeof redemption>, tables: Tables): Redeemed {
    const nowMs = this.#nowMs();
    while (this.#failures[0] !== undefined && this.#failures[0] < nowMs - FAILURES_WINDOW_MS) this.#failures.shift();
    if (this.#failures.length >= FAILURES_MAX) return { ok: false, error: { code: 'too-many-attempts' } };
    const hash = hashOf(code);
    const row = this.#db
      .statement<{ author: string; expires_at_ms: number; public_key: string | null }>(
        'SELECT * FROM code WHERE hash = ?',
      )
      .get(hash);
    const refuse = (reason: 'code-unknown' | 'code-expired' | 'code-used' | 'register-taken'): Redeemed => {
      this.#failures.push(nowMs);
      return { ok: false, error: { code: reason } };
    };
    if (!row) return refuse('code-unknown');
    if (row.expires_at_ms < nowMs) return refuse('code-expired');
    if (row.public_key !== null && row.public_key !== publicKey) return refuse('code-used');
    const { replace, ...redeemed } = issuedAuthor.parse(JSON.parse(row.author));
    const taken = findAuthor(tables, redeemed.tenant, redeemed.register);
    const isOther = taken?.isActive === true && taken.keyId !== keyIdOf(publicKey);
    if (isOther && !replace) return refuse('register-taken');
    this.#db.statement('UPDATE code SET public_key = ? WHERE hash = ?').run(publicKey, hash);
    if (row.public_key === null || !taken) writeEnrolment(tables, redeemed, publicKey);
    return { ok: true, author: { ...redeemed, keyId: keyIdOf(publicKey) } };
  }
}

/** Whoever reads a code aloud says no hyphen, and mistakes O for 0 and I or L for 1. */
function hashOf(code: string): string {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(`evertill enrolment code ${plain}`).digest('hex');
}

/** Makes an author known by its public key: one row of the ledger, which `appendSegment` and the token handler read. */
export function writeEnrolment(tables: Tables, { tenant, store, register, role }: Author, publicKey: string): void {
  const { pk, sk } = enrolmentKey(tenant, register);
  const text = { pk, sk, store, role, register, status: 'active', keyId: keyIdOf(publicKey), publicKey };
  tables.write('ledger', { kind: 'put', item: attributes(text) });
}

/** Takes a register's right to speak. Its records stay. Answers whether it was known. */
export function revoke(tables: Tables, tenant: string, register: string): boolean {
  const { pk, sk } = enrolmentKey(tenant, register);
  const enrolled = tables.getItem('ledger', attributes({ pk, sk }));
  if (!enrolled) return false;
  tables.write('ledger', { kind: 'put', item: { ...enrolled, status: { S: 'revoked' } } });
  return true;
}

const enrolled = z.object({
  store: z.object({ S: z.string() }),
  role: z.object({ S: z.string() }),
  status: z.object({ S: z.string() }),
  keyId: z.object({ S: z.string() }),
  publicKey: z.object({ S: z.string() }),
});

export function findAuthor(tables: Tables, tenant: string, register: string): EnrolledAuthor | undefined {
  const { pk, sk } = enrolmentKey(tenant, register);
  const item = tables.getItem('ledger', attributes({ pk, sk }));
  if (!item) return undefined;
  const { store, role, status, keyId, publicKey } = enrolled.parse(item);
  return {
    store: store.S,
    role: role.S,
    keyId: keyId.S,
    publicKey: () => readPublicKey(publicKey.S),
    isActive: status.S === 'active',
  };
}

function attributes(texts: Readonly<Record<string, string>>): Item {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { S: text }]));
}
