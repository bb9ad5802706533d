import type { SigningKey } from '@evertill/journal';
import { z } from 'zod';
import { AuthorFault, refusalOf } from './author-fault.ts';
import { postJson } from './post-json.ts';
import { readPrivateFile, writePrivateFile } from './files/private-file.ts';

const word = z.string().min(1).max(80);

/** What the hub said when an author joined it. The private key stays where it was made. */
const passSchema = z.object({
  v: z.literal(1),
  url: z.url(),
  issuer: z.url(),
  tenant: word,
  store: word,
  register: word,
  role: z.enum(['register', 'channel']),
  keyId: z.string().min(1).max(200),
  /** What a channel is told of its tenant; whoever uses it reads its shape. */
  channel: z.unknown().optional(),
});
export type HubPass = z.infer<typeof passSchema>;

const joinedSchema = z.object({
  ok: z.literal(true),
  issuer: z.url(),
  author: passSchema.pick({ tenant: true, store: true, register: true, role: true, keyId: true }),
  channel: z.unknown().optional(),
});
const refusedSchema = z.object({ ok: z.literal(false), error: z.object({ code: z.string().max(80) }) });

export type JoinRequest = {
  readonly hubUrl: string;
  readonly code: string;
  readonly key: SigningKey;
  readonly fetch: typeof fetch;
};

/**
 * Joins a hub with a one-time code, in exchange for the public key. The same code with the same key may be sent again.
 *
 * @throws AuthorFault `bad-hub-url`, `hub-unreachable`, `no-hub`, `register-taken`, and what the hub says of the code.
 */
export async function joinHub({ hubUrl, code, key, fetch }: JoinRequest): Promise<HubPass> {
  const url = hubAddress(hubUrl);
  const { answer } = await postJson(fetch, `${url}/enrol`, { code, publicKey: key.publicKey });
  const joined = joinedSchema.safeParse(answer);
  if (joined.success) {
    const { issuer, author, channel } = joined.data;
    return { v: 1, url, issuer, ...author, channel };
  }
  const refused = refusedSchema.safeParse(answer);
  throw refused.success ? refusalOf(refused.data.error.code) : new AuthorFault('no-hub', url);
}

/** The address without a slash at its end. @throws AuthorFault `bad-hub-url` */
function hubAddress(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new AuthorFault('bad-hub-url', text, { cause });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AuthorFault('bad-hub-url', text);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

export function keepPass(file: string, pass: HubPass): void {
  writePrivateFile(file, `${JSON.stringify(pass)}\n`);
}

/** @throws AuthorFault `not-joined`, `pass-unreadable` */
export function readPass(file: string): HubPass {
  const text = readPrivateFile(file);
  if (text === null) throw new AuthorFault('not-joined', file);
  try {
    return passSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AuthorFault('pass-unreadable', file, { cause });
  }
}
