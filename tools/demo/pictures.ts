import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cutApart, renderRollPng, rollText, type VirtualPrinter } from '@evertill/receipt-printer/virtual';
import type { Page } from 'playwright-core';

export type Colours = 'light' | 'dark';

/** Saves what the window shows, in each of the colours. Animations are ended first, so that no picture is half way. */
export async function savePicture(
  page: Page,
  folder: string,
  name: string,
  colours: readonly Colours[] = ['light'],
): Promise<void> {
  // Where the pointer happens to lie, things that follow it would show.
  await page.mouse.move(0, 0);
  for (const scheme of colours) {
    await showIn(page, scheme);
    await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`), animations: 'disabled' });
  }
  await showIn(page, 'light');
}

/** As the colour menu does: the scheme is an attribute of the document. */
async function showIn(page: Page, scheme: Colours): Promise<void> {
  await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${scheme}')`);
}

/** The same screen for a language that is read from the right. */
export async function saveRightToLeft(page: Page, folder: string, name: string): Promise<void> {
  await page.evaluate(`document.documentElement.dir = 'rtl'`);
  await page.screenshot({ path: path.join(folder, `${name}-rtl.png`), animations: 'disabled' });
  await page.evaluate(`document.documentElement.dir = 'ltr'`);
}

/** The last piece of paper that has these words on it, as picture and as text. @throws Error when there is none. */
export function savePaper(printer: VirtualPrinter, words: string, folder: string, name: string): void {
  const piece = cutApart(printer.roll)
    .filter((roll) => rollText(roll).includes(words))
    .at(-1);
  if (!piece) throw new Error(`no paper says "${words}"`);
  writeFileSync(path.join(folder, `${name}.txt`), rollText(piece));
  writeFileSync(path.join(folder, `${name}.png`), renderRollPng(piece));
}
