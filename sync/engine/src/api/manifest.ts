import { z } from 'zod';

const name = z.string().min(1).max(128);

/** `manifest.json` of an API: which field runs which functions over which data sources. The same file is what AWS is deployed from. */
export const apiManifest = z.object({
  schema: name,
  environment: z.array(name),
  tables: z.record(
    name,
    z.object({
      environment: name,
      partitionKey: name,
      sortKey: name.optional(),
      localIndexes: z.array(z.object({ name, sortKey: name })),
    }),
  ),
  dataSources: z.record(
    name,
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('NONE') }),
      z.object({ type: z.literal('AMAZON_DYNAMODB'), table: name }),
      z.object({ type: z.literal('AWS_LAMBDA'), handler: name }),
    ]),
  ),
  functions: z.record(name, z.object({ code: name, dataSource: name })),
  fields: z.record(z.string().regex(/^\w+\.\w+$/), z.object({ code: name, pipeline: z.array(name).min(1).max(10) })),
});

export type ApiManifest = z.output<typeof apiManifest>;
