import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openGallery } from '../../apps/register/e2e/harness/gallery.ts';
import { openStage, repositoryFolder } from '../../apps/register/e2e/harness/stage.ts';
import { galleryStates, showColours, showScreen } from '../../apps/register/src/ui/gallery/axe-screens.ts';

/** `npm run screens`: a picture of every state of every screen, light and dark, from the left and from the right, in `out/screens/`. */
const folder = path.join(repositoryFolder, 'out', 'screens');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const stage = await openStage();
const gallery = await openGallery(stage, 1);
try {
  const [page] = gallery.pages;
  if (!page) throw new Error('the gallery has no window');
  let pictures = 0;
  const states = galleryStates();
  for (const [index, state] of states.entries()) {
    await showScreen(page, gallery.url, state);
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    for (const colours of ['light', 'dark'] as const) {
      await showColours(page, colours);
      const file = `${state.screen}-${colours}-${state.dir}.png`;
      await page.screenshot({ path: path.join(folder, file), animations: 'disabled' });
      pictures += 1;
    }
    if (index % 10 === 9) process.stdout.write(`${index + 1} of ${states.length} states\n`);
  }
  process.stdout.write(`${pictures} pictures in ${folder}\n`);
} finally {
  await gallery.dispose();
  await stage.dispose();
}
