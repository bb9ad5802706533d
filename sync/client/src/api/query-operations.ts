import { z } from 'zod';
import type { PulledDocument, ReadDocument } from '../pull-lane/pulled-document.ts';
import { readDocument } from '../pull-lane/pulled-document.ts';
import type { Operation } from './call-api.ts';

/** Any answer of the server itself; it costs next to nothing. */
export const probe: Operation<unknown> = {
  text: 'query Probe { __typename }',
  read: (data) => z.object({ __typename: z.literal('Query') }).parse(data),
};

/** What orders are found by; the schema says what each means. */
export type OrderKey = 'ID' | 'NUMBER' | 'RECEIPT' | 'MAIL' | 'PHONE' | 'NAME';

/** Variables `{ by, key }` as the schema's OrderKey says. Never stored in the replica. Documents that cannot be read are left out. */
export const findOrders: Operation<readonly PulledDocument[]> = {
  text: `query FindOrders($by: OrderKey!, $key: String!) {
    findOrders(by: $by, key: $key) { collection scope id period seq deleted covers { journal seq } body }
  }`,
  read: (data) =>
    z
      .object({ findOrders: z.array(z.unknown()).max(50) })
      .parse(data)
      .findOrders.map(readDocument)
      .filter((read): read is Extract<ReadDocument, { ok: true }> => read.ok)
      .map(({ document }) => document),
};

const manifestSchema = z.object({ scope: z.string(), version: z.number().int(), text: z.string() });

/** Variables `{ scope }`. `null` where nothing is published. The text is signed; `@evertill/published` verifies it. */
export const publishedManifest: Operation<z.infer<typeof manifestSchema> | null> = {
  text: 'query PublishedManifest($scope: ID!) { publishedManifest(scope: $scope) { scope version text } }',
  read: (data) => z.object({ publishedManifest: manifestSchema.nullable() }).parse(data).publishedManifest,
};
