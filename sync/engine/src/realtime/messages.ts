import { z } from 'zod';

/** AWS AppSync Developer Guide, "Building a real-time WebSocket client". Messages of the client. */
const id = z.string().min(1).max(128);

export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connection_init') }),
  z.object({
    type: z.literal('start'),
    id,
    payload: z.object({
      /** GraphQL request as JSON text. */
      data: z.string(),
      extensions: z.object({ authorization: z.record(z.string(), z.unknown()) }),
    }),
  }),
  z.object({ type: z.literal('stop'), id }),
]);

export type ClientMessage = z.output<typeof clientMessage>;

export const subscriptionData = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

export type ServerMessage =
  | { type: 'connection_ack'; payload: { connectionTimeoutMs: number } }
  | { type: 'ka' }
  | { type: 'start_ack' | 'complete'; id: string }
  | { type: 'error'; id?: string; payload: { errors: readonly object[] } }
  | { type: 'connection_error'; payload: { errors: readonly object[] } };

/** A message of the client, or the error to answer with. */
export function readClientMessage(
  text: string,
): { ok: true; message: ClientMessage } | { ok: false; errorType: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, errorType: 'BadRequestException' };
  }
  const parsed = clientMessage.safeParse(raw);
  return parsed.success ? { ok: true, message: parsed.data } : { ok: false, errorType: 'UnsupportedOperation' };
}
