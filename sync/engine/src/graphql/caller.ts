/** Who asks, as the edge has established. `iam` is given only inside the process: no request from outside can become it. */
export type Caller =
  | { mode: 'oidc'; claims: Readonly<Record<string, unknown>>; issuer: string; subject: string }
  | { mode: 'iam'; role: string };

/** `ctx.identity` in AppSync's shape. */
export function identityOf(caller: Caller): Record<string, unknown> {
  if (caller.mode === 'oidc') return { claims: caller.claims, issuer: caller.issuer, sub: caller.subject };
  const userArn = `arn:aws:sts::000000000000:assumed-role/${caller.role}/hub`;
  return { accountId: '000000000000', userArn, username: caller.role };
}
