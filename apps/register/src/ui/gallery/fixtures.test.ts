import { describe, expect, it } from 'vitest';
import { benchStateSchema } from '../../contract/bench.ts';
import { methods } from '../../contract/methods.ts';
import { snapshotSchemas } from '../../contract/snapshots.ts';
import { countReview, foundItems, xReport, zReport } from './fixtures.ts';
import { galleryScreen, screenNames } from './screens.ts';
import { stillBench } from './still-bench.ts';

describe('what the gallery shows', () => {
  it.each(screenNames)('%s is made of snapshots a core could send', (name) => {
    for (const [snapshotName, value] of Object.entries(galleryScreen(name).snapshots)) {
      const schema = snapshotSchemas[snapshotName as keyof typeof snapshotSchemas];
      expect(schema.safeParse(value).error).toBeUndefined();
    }
  });

  it('has answers a core could give', () => {
    expect(methods.searchItems.answer.safeParse({ items: foundItems }).error).toBeUndefined();
    expect(methods.readX.answer.safeParse(xReport).error).toBeUndefined();
    expect(methods.closeTill.answer.safeParse(zReport).error).toBeUndefined();
    expect(methods.countTill.answer.safeParse(countReview).error).toBeUndefined();
    expect(benchStateSchema.safeParse(stillBench.state).error).toBeUndefined();
  });
});
