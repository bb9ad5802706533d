import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { screenNames } from './screens.ts';

export type AxeFinding = { screen: string; colours: string; dir: string; rule: string; where: string };

/** WCAG 2.2 A and AA, and what axe holds for good practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Looks at every gallery state with axe, light and dark, left to right and right to left.
 *
 * @param page a page whose context bypasses the content security policy, so that axe can be put into it
 * @param galleryUrl where `gallery.html` is served
 * @param axeSource the text of axe-core's `axe.min.js`
 * @returns what axe found, and how many states it looked at: no finding in no state is no proof
 */
export async function axeScreens(
  page: Page,
  galleryUrl: string,
  axeSource: string,
): Promise<{ findings: AxeFinding[]; looked: number }> {
  const findings: AxeFinding[] = [];
  let looked = 0;
  for (const screen of [...screenNames, 'bench']) {
    for (const colours of ['light', 'dark']) {
      for (const dir of ['ltr', 'rtl']) {
        await page.goto(`${galleryUrl}?screen=${screen}&colours=${colours}&dir=${dir}`);
        await page.waitForSelector('h1');
        await page.evaluate(axeSource);
        const results = await page.evaluate<AxeResults, string[]>(
          (runOnly) =>
            (window as Window & { axe?: { run(on: Document, options: object): Promise<AxeResults> } }).axe?.run(
              document,
              { runOnly },
            ) ?? Promise.reject(new Error('axe is not in the page')),
          rules,
        );
        looked += 1;
        for (const violation of results.violations) {
          for (const node of violation.nodes) {
            findings.push({ screen, colours, dir, rule: violation.id, where: node.target.join(' ') });
          }
        }
      }
    }
  }
  return { findings, looked };
}
