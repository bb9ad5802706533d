import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** DynamoDB's own JSON protocol, spoken to dynalite: a second opinion that shares no code with ours. */
export interface SecondOpinion {
  call(
    operation: string,
    body: object,
  ): Promise<{ ok: true; answer: Record<string, unknown> } | { ok: false; code: string }>;
  close(): Promise<void>;
}

export async function startDynalite(): Promise<SecondOpinion> {
  const require = createRequire(import.meta.url);
  const dynalite = require('dynalite') as (options: object) => Server;
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    call: async (operation, body) => {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
          'x-amz-date': '20260101T000000Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b',
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (response.ok) return { ok: true, answer };
      return { ok: false, code: String(answer.__type).replace(/^.*#/, '') };
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
