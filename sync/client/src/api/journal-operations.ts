import { z } from 'zod';
import type { Operation } from './call-api.ts';

const headSchema = z.object({
  epoch: z.number().int().min(1),
  seq: z.number().int().min(0),
  hash: z.string(),
  contested: z.boolean(),
});
/** How far the server holds one epoch. */
export type ServerHead = z.infer<typeof headSchema>;

const HEAD_FIELDS = 'epoch seq hash contested';

export const readHead: Operation<ServerHead | null> = {
  text: `query Head($register: ID!, $epoch: Int) { head(register: $register, epoch: $epoch) { ${HEAD_FIELDS} } }`,
  read: (data) => z.object({ head: headSchema.nullable() }).parse(data).head,
};

/** What the server holds under one sequence, `null` where nothing. A server from before this question refuses it. */
export const readRecordHash: Operation<string | null> = {
  text: `query RecordHash($register: ID!, $epoch: Int!, $seq: Int!) {
    recordHash(register: $register, epoch: $epoch, seq: $seq)
  }`,
  read: (data) => z.object({ recordHash: z.string().nullable() }).parse(data).recordHash,
};

const appendedSchema = z.object({ head: headSchema, accepted: z.number().int(), duplicate: z.number().int() });

export const appendSegment: Operation<z.infer<typeof appendedSchema>> = {
  text: `mutation AppendSegment($input: AppendSegmentInput!) {
    appendSegment(input: $input) { head { ${HEAD_FIELDS} } accepted duplicate }
  }`,
  read: (data) => z.object({ appendSegment: appendedSchema }).parse(data).appendSegment,
};
