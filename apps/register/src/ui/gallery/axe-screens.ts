import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { screenNames } from './screens.ts';

export type AxeFinding = { screen: string; colours: string; dir: string; rule: string; where: string };

/** WCAG 2.2 A and AA, and what axe holds for good practice. */
const EVERY_RULE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** In other colours the document is the same: what remains to be asked is whether it can be seen. */
const COLOUR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;
const ONLY_FINDINGS: RunOptions = { resultTypes: ['violations'], preload: false };

/** Half way through a fade no contrast is what it will be. Endless ones cannot be ended, and fade nothing. */
const ENDED_ANIMATIONS = `new Promise((resolve) => requestAnimationFrame(() => {
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect.getComputedTiming().endTime)) animation.finish();
  }
  requestAnimationFrame(() => resolve());
}))`;

export type GalleryState = { screen: string; dir: 'ltr' | 'rtl' };

/** Everything there is to look at, once from the left and once from the right. */
export function galleryStates(): GalleryState[] {
  return [...screenNames, 'bench'].flatMap((screen) => (['ltr', 'rtl'] as const).map((dir) => ({ screen, dir })));
}

/** Opens a state of the gallery, in light colours. */
export async function showScreen(page: Page, galleryUrl: string, { screen, dir }: GalleryState): Promise<void> {
  await page.goto(`${galleryUrl}?screen=${screen}&dir=${dir}&colours=light`);
  await page.waitForSelector('h1');
}

/** As the colour menu does; by the address several pages would share one remembered choice. Animations are at their end afterwards. */
export async function showColours(page: Page, colours: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${colours}')`);
  await page.evaluate(ENDED_ANIMATIONS);
}

/** What axe finds on the page as it is shown: each rule with each place. axe itself is in the page already. */
export async function axeFinds(page: Page, colours: 'light' | 'dark'): Promise<{ rule: string; where: string }[]> {
  const options = { ...ONLY_FINDINGS, runOnly: colours === 'light' ? EVERY_RULE : COLOUR_RULES };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => ({ rule: id, where: node.target.join(' ') })));
}

/**
 * Looks at every gallery state with axe, light and dark, left to right and right to left.
 *
 * @param pages share the work; their context bypasses the content security policy, so that axe can be put into them
 * @param galleryUrl where `gallery.html` is served
 * @param axeSource the text of axe-core's `axe.min.js`
 * @returns what axe found, and how many states it looked at: no finding in no state is no proof
 */
export async function axeScreens(
  pages: readonly Page[],
  galleryUrl: string,
  axeSource: string,
): Promise<{ findings: AxeFinding[]; looked: number }> {
  const findings: AxeFinding[] = [];
  let looked = 0;
  const states = galleryStates();
  const lookThrough = async (page: Page): Promise<void> => {
    for (let state = states.shift(); state; state = states.shift()) {
      const { screen, dir } = state;
      await showScreen(page, galleryUrl, state);
      await page.evaluate(axeSource);
      for (const colours of ['light', 'dark'] as const) {
        await showColours(page, colours);
        const found = await axeFinds(page, colours);
        findings.push(...found.map((what) => ({ screen, colours, dir, ...what })));
        looked += 1;
      }
    }
  };
  await Promise.all(pages.map(lookThrough));
  return { findings, looked };
}
