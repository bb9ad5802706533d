import { beforeEach, describe, expect, it } from 'vitest';
import type { SpoolJob, SpoolStore } from '../spool-store.ts';

/** A store of the kind under test with its way of adding jobs. */
export type SpoolStoreBench = {
  store: SpoolStore;
  add(job: Pick<SpoolJob, 'jobId' | 'kind' | 'document' | 'createdAtMs'>): void;
};

/** What the spool relies on, whatever keeps the jobs. */
export function spoolStoreConformance(name: string, makeBench: () => SpoolStoreBench): void {
  describe(`${name} is a spool store`, () => {
    let store: SpoolStore;
    let add: (jobId: string) => void;

    beforeEach(() => {
      const bench = makeBench();
      store = bench.store;
      add = (jobId) =>
        bench.add({
          jobId,
          kind: 'receipt',
          document: { v: 1, columns: 42, blocks: [{ kind: 'text', text: jobId }] },
          createdAtMs: 1_000,
        });
    });

    it('gives the oldest waiting job, as it was added', () => {
      expect(store.nextWaiting()).toBeNull();
      add('a');
      add('b');
      expect(store.nextWaiting()).toEqual({
        jobId: 'a',
        kind: 'receipt',
        document: { v: 1, columns: 42, blocks: [{ kind: 'text', text: 'a' }] },
        state: 'waiting',
        attempts: 0,
        cutCountBefore: null,
        interruptedBefore: false,
        createdAtMs: 1_000,
      });
    });

    it('remembers a begun job with its cut counter, and gives the next one', () => {
      add('a');
      add('b');
      store.markPrinting('a', { cutCountBefore: 17 });
      expect(store.inFlight()).toMatchObject({ jobId: 'a', state: 'printing', attempts: 1, cutCountBefore: 17 });
      expect(store.nextWaiting()?.jobId).toBe('b');
      expect(() => store.markPrinting('b', { cutCountBefore: 17 })).toThrow();
    });

    it('ends a job once', () => {
      add('a');
      store.markPrinting('a', { cutCountBefore: null });
      store.markPrinted('a');
      expect(store.get('a')?.state).toBe('printed');
      expect(store.inFlight()).toBeNull();
      expect(store.nextWaiting()).toBeNull();
      expect(() => store.markPrinted('a')).toThrow();
      expect(() => store.markPrinting('a', { cutCountBefore: null })).toThrow();
      expect(() => store.requeueAsDuplicate('a', 'x')).toThrow();
    });

    it('puts an interrupted job back into its old place, marked for good', () => {
      add('a');
      add('b');
      store.markPrinting('a', { cutCountBefore: 3 });
      store.requeueAsDuplicate('a', 'power');
      expect(store.nextWaiting()).toMatchObject({ jobId: 'a', interruptedBefore: true, attempts: 1 });
      store.markPrinting('a', { cutCountBefore: 4 });
      expect(store.inFlight()).toMatchObject({ attempts: 2, interruptedBefore: true, cutCountBefore: 4 });
    });

    it('leaves a job to a person, who may have it printed again', () => {
      add('a');
      store.markPrinting('a', { cutCountBefore: null });
      store.markInterrupted('a', 'unknown');
      expect(store.get('a')?.state).toBe('interrupted');
      expect(store.nextWaiting()).toBeNull();
      store.requeueAsDuplicate('a', 'asked for');
      expect(store.nextWaiting()?.jobId).toBe('a');
    });

    it('tells of added jobs until told to stop', () => {
      let told = 0;
      const stop = store.onAdded(() => (told += 1));
      add('a');
      stop();
      add('b');
      expect(told).toBe(1);
    });

    it('knows nothing of a job that was never added', () => {
      expect(store.get('nobody')).toBeNull();
      expect(() => store.markPrinting('nobody', { cutCountBefore: null })).toThrow();
    });
  });
}
