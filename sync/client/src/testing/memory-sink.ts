import type { SeededRandom } from '@evertill/testkit';
import type { Checkpoint } from '../api/pull-operation.ts';
import type { FeedWrite } from '../pull-lane/feed-state.ts';
import type { DocumentSink, Feed } from '../pull-lane/pull-lane.ts';
import type { PulledDocument } from '../pull-lane/pulled-document.ts';

type Held = { documents: Map<string, { document: PulledDocument; isConfirmed: boolean }>; checkpoint: Checkpoint };

/** A sink as its contract says, in memory; its disk fails as often as it is told to, before the write or after it. */
export class MemorySink implements DocumentSink {
  readonly held = new Map<string, Held>();
  failureChance = 0;
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  checkpoint({ collection, scope }: Feed): Promise<Checkpoint | null> {
    return Promise.resolve(this.held.get(`${collection}/${scope}`)?.checkpoint ?? null);
  }

  async write({ collection, scope }: Feed, write: FeedWrite): Promise<void> {
    if (this.#random.chance(this.failureChance)) throw new Error('disk full');
    const feed = `${collection}/${scope}`;
    const documents = new Map(this.held.get(feed)?.documents);
    if (write.beginsAnew) for (const [id, one] of documents) documents.set(id, { ...one, isConfirmed: false });
    for (const document of write.documents) {
      if (document.deleted) documents.delete(document.id);
      else documents.set(document.id, { document, isConfirmed: true });
    }
    if (write.isWhole) for (const [id, { isConfirmed }] of documents) if (!isConfirmed) documents.delete(id);
    this.held.set(feed, { documents, checkpoint: write.checkpoint });
    // Durable, and the process dies before it hears of it.
    if (this.#random.chance(this.failureChance)) throw new Error('killed');
  }
}
