import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Outside things that only some rooms may touch, as patterns of what is imported. */
const OUTSIDE = {
  node: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?)$`,
  electron: '^electron(/.*)?$',
  react: '^(react|react-dom|@mantine/[^/]+|@tabler/icons-react)(/.*)?$',
  rxdb: '^(rxdb|rxjs)(/.*)?$',
  serialport: '^(serialport|@serialport/.*)$',
};

/**
 * @typedef {object} Room
 * @property {string[]} files
 * @property {(keyof typeof OUTSIDE)[]} mayUse outside things; whatever is not named is forbidden
 * @property {string[] | 'any package' | 'anything'} mayImport workspaces (by name); `any package` means all but the applications
 * @property {string[]} [typesOf] workspaces or outside things whose types alone may be imported: they leave no trace at run time
 * @property {string} because shown to whoever breaks the rule
 */

/**
 * Who may import what. Each file belongs to the first room that lists it, and a file in no room may use nothing from
 * outside: a new folder has to find its place here. Tests are free to use what they need.
 *
 * @type {readonly Room[]}
 */
export const ROOMS = Object.freeze([
  {
    files: ['packages/records/src/**'],
    mayUse: [],
    mayImport: [],
    because: 'records is pure and depends on no other part',
  },
  {
    files: ['packages/barcode/src/**'],
    mayUse: [],
    mayImport: [],
    because: 'barcode is pure and depends on no other part',
  },
  {
    files: ['packages/retail/src/**'],
    mayUse: [],
    mayImport: ['@evertill/records', '@evertill/barcode'],
    because: 'the domain is pure: no Node, no page, no database',
  },
  {
    files: ['packages/receipt/src/**'],
    mayUse: [],
    mayImport: ['@evertill/records', '@evertill/retail', '@evertill/driver-contract'],
    because: 'receipt turns facts into a document: no Node, no bytes, no device',
  },
  {
    files: ['packages/journal/src/**'],
    mayUse: ['node'],
    mayImport: ['@evertill/records'],
    because: 'the journal (and the auditor in it) depends on records alone',
  },
  {
    files: ['packages/replica/src/**', 'packages/rx-storage-sqlite/src/**'],
    mayUse: ['node', 'rxdb'],
    mayImport: 'any package',
    because: 'RxDB lives here, and no page, window or device does',
  },
  {
    files: ['packages/ui/src/**'],
    mayUse: ['react'],
    mayImport: [],
    because: 'ui knows no rule of the shop and no other part',
  },
  {
    files: ['packages/*/src/**'],
    mayUse: ['node'],
    mayImport: 'any package',
    because: 'packages know no application, window, page or device',
  },
  {
    files: ['drivers/contract/src/**'],
    mayUse: [],
    mayImport: [],
    because: 'the device contract depends on nothing',
  },
  {
    files: ['drivers/link/src/**'],
    mayUse: ['node', 'serialport'],
    mayImport: ['@evertill/driver-contract'],
    because: 'drivers see the device contract and nothing else of the product',
  },
  {
    files: ['drivers/*/src/**'],
    mayUse: ['node'],
    mayImport: ['@evertill/driver-contract'],
    because: 'drivers see the device contract and nothing else of the product; bytes come through a Link',
  },
  {
    files: ['sync/*/src/**', 'apps/catalog/src/**', 'apps/hub/src/**', 'apps/web-shop/src/**'],
    mayUse: ['node'],
    mayImport: 'any package',
    because: 'operator commands and sync run in a plain Node',
  },
  {
    files: ['apps/register/src/main/**', 'apps/register/src/preload/**'],
    mayUse: ['node', 'electron'],
    mayImport: 'anything',
    because: 'main owns windows and life cycle: data, devices and React belong to core and pages',
  },
  {
    files: ['apps/register/src/ui/**'],
    mayUse: ['react'],
    mayImport: ['@evertill/ui'],
    typesOf: ['@evertill/register', '@evertill/driver-contract'],
    because: 'a page shows snapshots and sends commands: no Node, no database, no rules',
  },
  {
    files: ['apps/register/src/contract/**'],
    mayUse: [],
    mayImport: ['@evertill/register'],
    because: 'the contract is read by both sides: neither Node nor page',
  },
  {
    files: ['apps/register/src/**'],
    mayUse: ['node'],
    mayImport: 'anything',
    typesOf: ['electron'],
    because: 'the core runs in a plain Node: no Electron, no React, RxDB behind replica, serial ports behind link',
  },
  {
    files: ['{packages,drivers,sync,apps}/*/src/**'],
    mayUse: [],
    mayImport: [],
    because: 'this folder is new: give it a room in tools/check/import-rules.mjs',
  },
]);

/**
 * The table as oxlint overrides. oxlint lets the last matching override win, hence the reversal.
 *
 * @param {string[]} tests
 */
export function importRules(tests) {
  const everything = workspaceNames();
  return [...ROOMS].reverse().map((room) => ({
    files: room.files,
    excludeFiles: tests,
    rules: { 'no-restricted-imports': ['error', { patterns: forbidden(room, everything) }] },
  }));
}

/**
 * @param {Room} room
 * @param {string[]} everything
 */
function forbidden(room, everything) {
  /** @param {string} name */
  const typesOnly = (name) => room.typesOf?.includes(name) ?? false;
  const outside = Object.entries(OUTSIDE)
    .filter(([name]) => !room.mayUse.some((allowed) => allowed === name))
    .map(([name, regex]) => ({ regex, message: room.because, allowTypeImports: typesOnly(name) }));
  const parts = everything
    .filter((name) => !mayImport(room, name))
    .map((name) => ({ regex: `^${name}(/.*)?$`, message: room.because, allowTypeImports: typesOnly(name) }));
  return [...outside, ...parts];
}

/**
 * @param {Room} room
 * @param {string} name
 */
function mayImport({ mayImport: allowed }, name) {
  if (allowed === 'anything') return true;
  if (allowed === 'any package') return name.startsWith('@evertill/');
  return allowed.includes(name);
}

/** @returns {string[]} for example `packages/records` */
export function workspaceFolders() {
  return ['packages', 'drivers', 'sync', 'apps']
    .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`))
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')));
}

/** @returns {string[]} for example `@evertill/records` */
export function workspaceNames() {
  return workspaceFolders().map((folder) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')).name);
}
