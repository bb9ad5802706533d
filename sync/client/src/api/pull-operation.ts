import { z } from 'zod';
import type { Operation } from './call-api.ts';

const checkpointSchema = z.object({ period: z.string().min(1).max(80), seq: z.number().int().min(0) });
/** Where a feed's durable documents have got to. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

const pageSchema = z.object({
  // Each document is judged by itself: one that cannot be read must not take its page with it.
  documents: z.array(z.unknown()).max(500),
  checkpoint: checkpointSchema.nullable(),
  more: z.boolean(),
});
export type PulledPage = z.infer<typeof pageSchema>;

export const pullPage: Operation<PulledPage> = {
  text: `query Pull($collection: String!, $scope: ID!, $afterPeriod: String, $afterSeq: Int, $limit: Int) {
    pull(collection: $collection, scope: $scope, afterPeriod: $afterPeriod, afterSeq: $afterSeq, limit: $limit) {
      documents { collection scope id period seq deleted covers { journal seq } body }
      checkpoint { period seq }
      more
    }
  }`,
  read: (data) => z.object({ pull: pageSchema }).parse(data).pull,
};
