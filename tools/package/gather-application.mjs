import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NATIVE_PACKAGES } from '../../apps/register/build/bundles.mjs';

/**
 * Puts together the folder that is shipped: bundles, icon, native packages with what they need at run time, and a manifest
 * of their exact versions. Bundles carry everything else inside.
 *
 * @param {string} root
 * @param {string} folder is emptied first
 */
export function gatherApplication(root, folder) {
  const app = join(root, 'apps', 'register');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'build-resources'), { recursive: true });
  cpSync(join(app, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(app, 'build-resources', 'icon.png'), join(folder, 'build-resources', 'icon.png'));

  const packages = withDependencies(NATIVE_PACKAGES, app);
  for (const { name, from } of packages.values()) {
    const to = join(folder, 'node_modules', name);
    cpSync(from, to, { recursive: true, dereference: true });
    const { dependencies = {}, ...rest } = readJson(join(to, 'package.json'));
    const needed = Object.fromEntries(
      neededAtRunTime(dependencies).map((dependency) => [dependency, dependencies[dependency]]),
    );
    writeFileSync(join(to, 'package.json'), JSON.stringify({ ...rest, dependencies: needed }));
  }
  const product = readJson(join(root, 'package.json'));
  const manifest = {
    name: 'evertill',
    productName: 'Evertill',
    version: product.version,
    description: product.description,
    license: product.license,
    author: 'The Evertill maintainers',
    homepage: 'https://evertill.example',
    main: 'dist/main.cjs',
    dependencies: Object.fromEntries([...packages.values()].map(({ name, version }) => [name, version])),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @param {readonly string[]} names
 * @param {string} seenFrom folder from which the packages are resolved
 * @param {Map<string, { name: string, version: string, from: string }>} [found]
 * @returns {Map<string, { name: string, version: string, from: string }>}
 */
export function withDependencies(names, seenFrom, found = new Map()) {
  for (const name of names) {
    const from = folderOf(name, seenFrom);
    const { version, dependencies = {} } = readJson(join(from, 'package.json'));
    const known = found.get(name);
    if (known && known.version !== version) {
      throw new Error(`Two versions of ${name} (${known.version}, ${version}) cannot lie side by side.`);
    }
    if (known) continue;
    found.set(name, { name, version, from });
    withDependencies(neededAtRunTime(dependencies), from, found);
  }
  return found;
}

/**
 * Headers for compiling are listed as dependencies, but nothing loads them.
 *
 * @param {Record<string, string>} dependencies
 */
function neededAtRunTime(dependencies) {
  return Object.keys(dependencies).filter((name) => name !== 'node-addon-api');
}

/**
 * @param {string} name
 * @param {string} seenFrom
 */
function folderOf(name, seenFrom) {
  const paths = createRequire(join(seenFrom, 'package.json')).resolve.paths(name) ?? [];
  const folder = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
  if (!folder) throw new Error(`${name} is not installed (looked from ${dirname(seenFrom)})`);
  return folder;
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
