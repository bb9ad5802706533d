import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFinds, axeScreens, showColours, showScreen } from '../src/ui/gallery/axe-screens.ts';
import { openGallery, type Gallery } from './harness/gallery.ts';
import { openStage, repositoryFolder, type Stage } from './harness/stage.ts';

/** Fewer states than this would mean that the gallery has shrunk, not that the screens have improved. */
const STATES_AT_LEAST = 100;
const axeSource = readFileSync(path.join(repositoryFolder, 'node_modules/axe-core/axe.min.js'), 'utf8');

describe('every screen in every state', () => {
  let stage: Stage;
  let gallery: Gallery;

  beforeAll(async () => {
    stage = await openStage();
    gallery = await openGallery(stage, 2);
  });
  afterAll(async () => {
    await gallery?.dispose();
    await stage?.dispose();
  });

  it('[IT-15] axe finds nothing, light and dark, from the left and from the right', async () => {
    const { findings, looked } = await axeScreens(gallery.pages, gallery.url, axeSource);
    expect(findings).toEqual([]);
    expect(looked).toBeGreaterThanOrEqual(STATES_AT_LEAST);
  });

  it.each(['light', 'dark'] as const)('axe does find a text that is too faint, in %s', async (colours) => {
    const [page] = gallery.pages;
    if (!page) throw new Error('the gallery has no window');
    await showScreen(page, gallery.url, { screen: 'suspended-none', dir: 'ltr' });
    await page.evaluate(axeSource);
    await showColours(page, colours);
    await page.evaluate(
      `document.querySelector('h1').style.cssText = 'color: ' + (${colours === 'light'} ? '#ddd' : '#333')`,
    );
    expect(await axeFinds(page, colours)).toMatchObject([{ rule: 'color-contrast' }]);
  });
});
