import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Programs that a test starts many times, each built into one CommonJS file for Node 18, as the shipped ones are. They start at once where TypeScript
 * as it stands would be read and translated at every start.
 *
 * @param packageFolder where the package lies: the files are built inside it, so that they find the native modules they leave outside
 * @param entries absolute paths of the programs, by the name that each file gets
 */
export async function bundledPrograms<Name extends string>(
  packageFolder: string,
  entries: Readonly<Record<Name, string>>,
): Promise<{ fileOf(name: Name): string; dispose(): void }> {
  mkdirSync(join(packageFolder, 'out'), { recursive: true });
  const folder = mkdtempSync(join(packageFolder, 'out', 'programs-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['@photostructure/sqlite'] },
    build: {
      ssr: true,
      target: 'node18',
      outDir: folder,
      minify: false,
      rolldownOptions: {
        input: entries,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
      },
    },
  });
  return {
    fileOf: (name) => join(folder, `${name}.cjs`),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
