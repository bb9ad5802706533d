import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { lastLines, runProgram } from '../bootstrap/run-program.mjs';
import { withLock } from '../bootstrap/with-lock.mjs';

const PACKAGE_DEADLINE_MS = 5 * 60_000;
/** What an unpacked build is made of, besides the runtime. */
const SOURCES = Object.freeze(['apps/register/dist', 'electron-builder.yml', 'tools/package', 'package-lock.json']);
const STAMP = '.made-from';

/**
 * The unpacked Linux build for tests, made by the command that makes it for anyone. It is made again only when the bundles,
 * the packaging or the runtime have changed; a release written to the same folder takes the stamp away with the rest.
 *
 * @param {{ root: string, runtimeBinary: string, run?: typeof runProgram }} options `root` is built and installed
 * @returns {Promise<{ folder: string, binary: string, made: boolean }>}
 */
export async function ensurePackaged({ root, runtimeBinary, run = runProgram }) {
  const folder = join(root, 'out', 'package', 'built', 'linux-unpacked');
  const runtimeFolder = dirname(runtimeBinary);
  const stamp = join(folder, STAMP);
  return withLock(join(root, '.cache', 'package.lock'), PACKAGE_DEADLINE_MS, async () => {
    const wanted = packagedFrom(root, runtimeFolder);
    const made = !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted;
    if (made) {
      const args = [join(root, 'tools', 'package.mjs'), '--dir', '--electron-dist', runtimeFolder];
      const ended = await run(process.execPath, args, { cwd: root, deadlineMs: PACKAGE_DEADLINE_MS });
      if (ended.code !== 0) throw new Error(`Packaging failed (code ${ended.code}):\n${lastLines(ended.output, 40)}`);
      writeFileSync(stamp, wanted);
    }
    return { folder, binary: join(folder, 'evertill'), made };
  });
}

/**
 * @param {string} root
 * @param {string} runtimeFolder
 * @returns {string} a hash that changes with each file that gets into the build
 */
export function packagedFrom(root, runtimeFolder) {
  const hash = createHash('sha256')
    .update(runtimeFolder)
    .update(readFileSync(join(runtimeFolder, 'version')));
  const files = SOURCES.flatMap((source) => filesIn(join(root, source))).sort();
  for (const file of files) {
    hash.update(relative(root, file)).update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

/** @param {string} place file or folder @returns {string[]} */
function filesIn(place) {
  if (!existsSync(place)) throw new Error(`${place} does not exist: build before packaging.`);
  if (statSync(place).isFile()) return [place];
  const entries = readdirSync(place, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
