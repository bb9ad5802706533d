import { readRecord } from '@evertill/records';
import { appendSegment } from '../../../../sync/client/src/api/journal-operations.ts';
import type { BenchHub, BenchRegister } from './bench-hub.ts';

/** The body of a push of a register's next records, at most `limit`: what the client's journal lane sends. */
export function segmentBody({ selling }: BenchRegister, limit: number): string {
  const records = selling.unsent.slice(0, limit);
  const { epoch, seq, prevHash } = readRecord(records[0]?.text ?? '').header;
  const input = { register: selling.author.register, epoch, fromSeq: seq, prevHash, records };
  return JSON.stringify({ query: appendSegment.text, variables: { input } });
}

/** Sends a body of `segmentBody` and takes what it held off the register. @throws Error when the hub did not take all of it. */
export async function push(hub: BenchHub, register: BenchRegister, body: string, count: number): Promise<void> {
  const answer = await hub.http.post('/graphql', body, { authorization: register.token });
  const { data } = JSON.parse(answer) as { data: { appendSegment: { accepted: number; duplicate: number } } | null };
  // What an answer that was lost confirmed comes again as a duplicate.
  if (!data || data.appendSegment.accepted + data.appendSegment.duplicate !== count)
    throw new Error(`the hub answered ${answer}`);
  register.selling.unsent.splice(0, count);
}

/** The opening of every register's epoch and its connection, before anything is measured. */
export async function openJournals(hub: BenchHub): Promise<void> {
  await Promise.all(hub.registers.map((register) => push(hub, register, segmentBody(register, 1), 1)));
}
