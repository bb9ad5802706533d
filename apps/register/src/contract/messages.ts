import { refusalCodes, type SnapshotName } from '@evertill/register';
import { z } from 'zod';
import { snapshotSchemas } from './snapshots.ts';
import { startFaults } from './start-faults.ts';

/** Which window a port belongs to: it decides what may be asked through it. */
export type WindowKind = 'register' | 'bench';

export const requestSchema = z.strictObject({
  id: z.number().int().min(1),
  method: z.string().max(60),
  params: z.unknown(),
});
export type RequestMessage = z.infer<typeof requestSchema>;

export const errorSchema = z.object({ code: z.enum(refusalCodes), detail: z.string().max(500).optional() });

const answerSchema = z.object({
  kind: z.literal('answer'),
  id: z.number().int(),
  ok: z.literal(true),
  value: z.unknown(),
});
const refusalSchema = z.object({
  kind: z.literal('answer'),
  id: z.number().int(),
  ok: z.literal(false),
  error: errorSchema,
});

/** Why a snapshot came, when it came from a device: lets the way from the last scanner byte to the painted line be measured. */
export const causeSchema = z.object({ kind: z.literal('scan'), receivedAtMs: z.number() });
export type Cause = z.infer<typeof causeSchema>;

export const snapshotMessageSchema = z.object({
  kind: z.literal('snapshot'),
  name: z.enum(Object.keys(snapshotSchemas) as [SnapshotName, ...SnapshotName[]]),
  value: z.unknown(),
  cause: causeSchema.nullable(),
});

/** The first message on every port. `coreId` differs for each life of the core. */
export const greetingSchema = z.object({
  kind: z.literal('greeting'),
  contractVersion: z.number().int(),
  coreId: z.string().max(80),
});

/** While the core opens its files: what it is doing, in steps. */
export const startingSchema = z.object({
  kind: z.literal('starting'),
  step: z.enum(['opening', 'seeding', 'fetching', 'catalog', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  /** Only with `failed`: the fault's code. */
  fault: z.enum(startFaults).nullable(),
});
export type StartingMessage = z.infer<typeof startingSchema>;

/** Everything a core may send to a page. */
export const fromCoreSchema = z.union([
  greetingSchema,
  startingSchema,
  snapshotMessageSchema,
  answerSchema,
  refusalSchema,
]);
export type FromCore = z.infer<typeof fromCoreSchema>;
