import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryFolder } from './stage.ts';

const axeSource = readFileSync(path.join(repositoryFolder, 'node_modules/axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Half way through a fade no contrast is what it will be. Endless ones cannot be ended and fade nothing. */
const ENDED_ANIMATIONS = `new Promise((resolve) => requestAnimationFrame(() => {
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect.getComputedTiming().endTime)) animation.finish();
  }
  requestAnimationFrame(() => resolve());
}))`;

/** What axe finds on the screen that is shown, light and dark: rule and place, nothing when all is well (IT-15). */
export async function axeFindings(page: Page, screen: string): Promise<string[]> {
  // The debugger may evaluate what the page's own content security policy would not let in.
  if (!(await page.evaluate<boolean>('Boolean(globalThis.axe)'))) await page.evaluate(axeSource);
  const findings: string[] = [];
  for (const colours of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${colours}')`);
    await page.evaluate(ENDED_ANIMATIONS);
    const found = await page.evaluate<string[]>(
      `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((results) =>
        results.violations.flatMap((violation) => violation.nodes.map((node) => violation.id + ' at ' + node.target.join(' '))))`,
    );
    findings.push(...found.map((what) => `${screen}, ${colours}: ${what}`));
  }
  await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', 'light')`);
  return findings;
}

/** Whether anything on the screen sticks out of the window sideways; a screen for languages read from the right must not either. */
export async function sticksOutRightToLeft(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    document.documentElement.dir = 'rtl';
    const excess = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    document.documentElement.dir = 'ltr';
    return excess;
  })()`);
}
