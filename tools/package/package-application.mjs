import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, Platform } from 'electron-builder';
import { gatherApplication } from './gather-application.mjs';

/**
 * @param {string} root
 * @param {import('./package-options.mjs').PackageOptions} options
 * @returns {Promise<string[]>} the files made, or the unpacked folder
 */
export async function packageApplication(root, { unpackedOnly, electronDist }) {
  gatherApplication(root, join(root, 'out', 'package', 'app'));
  /** @type {import('electron-builder').Configuration} */
  const config = {
    extends: 'electron-builder.yml',
    ...(electronDist ? otherRuntime(resolve(electronDist)) : official()),
  };
  const made = await build({
    projectDir: root,
    config,
    publish: 'never',
    ...(unpackedOnly ? { targets: Platform.current().createTarget('dir') } : {}),
  });
  return unpackedOnly ? [join(root, 'out', 'package', 'built')] : made;
}

/** The newest fuse does not exist in older runtimes, so it is not in electron-builder.yml. */
function official() {
  return { electronFuses: { grantFileProtocolExtraPrivileges: false } };
}

/**
 * The test runtime carries a shim application, which must not be found before ours.
 *
 * @param {string} folder
 * @returns {import('electron-builder').Configuration}
 */
function otherRuntime(folder) {
  if (!existsSync(join(folder, 'version'))) throw new Error(`${folder} is no Electron: it has no file "version".`);
  return {
    electronDist: folder,
    electronVersion: readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, ''),
    afterPack: async ({ appOutDir }) => {
      rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
    },
  };
}
