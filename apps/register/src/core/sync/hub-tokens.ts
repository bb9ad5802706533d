import type { TokenSource } from '@evertill/client';

/** Keeps a token until the server refuses it. */
export function hubTokens(fetchToken: () => Promise<string>): TokenSource {
  let held: Promise<string> | null = null;
  return ({ renew }) => {
    if (renew) held = null;
    held ??= fetchToken().catch((fault: unknown) => {
      held = null;
      throw fault;
    });
    return held;
  };
}
