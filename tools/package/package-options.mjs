import { parseArgs } from 'node:util';

/**
 * @typedef {{ unpackedOnly: boolean, electronDist: string | undefined }} PackageOptions
 */

/**
 * Reads `[--dir] [--electron-dist FOLDER]`. Another runtime than the official one may only become an unpacked folder for
 * tests: it never reaches an installer.
 *
 * @param {string[]} args
 * @returns {PackageOptions}
 */
export function readPackageOptions(args) {
  const { values } = parseArgs({ args, options: { dir: { type: 'boolean' }, 'electron-dist': { type: 'string' } } });
  const electronDist = values['electron-dist'];
  if (electronDist !== undefined && !values.dir) {
    throw new Error('--electron-dist goes with --dir only: releases are made from the official Electron.');
  }
  return { unpackedOnly: values.dir ?? false, electronDist };
}
