import { join } from 'node:path';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} script path of the program inside node_modules
 * @property {string[]} args
 * @property {(output: string) => number} seen how many files it looked at
 * @property {number} atLeast fewer files than this is a failure: a tick over nothing is worth nothing
 * @property {string} advice how to repair the usual case
 */

const LAYERS = /** @type {const} */ (['pure', 'node', 'page', 'bridge']);

/** Dearest first: two of them run at a time. @type {readonly Check[]} */
export const CHECKS = Object.freeze([
  {
    name: 'unused',
    script: 'knip/bin/knip.js',
    args: ['--no-progress', '--no-config-hints', '--performance'],
    seen: (output) => numberIn(output, /^parseFile +(\d+)/m),
    atLeast: 100,
    advice: 'Remove it, or make it an entry in knip.json if something outside the sources starts it.',
  },
  ...LAYERS.map((layer) => ({
    name: `types:${layer}`,
    script: 'typescript/bin/tsc',
    args: ['-p', `tsconfig.${layer}.json`, '--listFiles', '--pretty', 'false'],
    seen: ownFiles,
    atLeast: { pure: 30, node: 100, page: 10, bridge: 3 }[layer],
    advice: `See tsconfig.${layer}.json for what this layer may use.`,
  })),
  {
    name: 'lint',
    script: 'oxlint/bin/oxlint',
    args: ['-c', 'oxlint.config.mjs'],
    seen: (output) => numberIn(output, /on (\d+) files/),
    atLeast: 100,
    advice: 'Import rules are the table in tools/check/import-rules.mjs.',
  },
  {
    name: 'boundaries',
    script: 'turbo/bin/turbo',
    args: ['boundaries', '--no-color', '--no-update-notifier'],
    seen: (output) => numberIn(output, /Checked (\d+) files/),
    atLeast: 100,
    advice: 'Tags are in each turbo.json, their rules in the one at the root.',
  },
  {
    name: 'format',
    script: 'oxfmt/bin/oxfmt',
    args: ['--check', '.'],
    seen: (output) => numberIn(output, /on (\d+) files/),
    atLeast: 100,
    advice: 'npm run format',
  },
]);

/**
 * @param {string} root
 * @param {Check} check
 */
export function programOf(root, check) {
  return join(root, 'node_modules', check.script);
}

/**
 * @param {string} output
 * @param {RegExp} pattern
 */
function numberIn(output, pattern) {
  return Number(pattern.exec(output)?.[1] ?? 0);
}

/** What `tsc --listFiles` printed, without the libraries. @param {string} output */
function ownFiles(output) {
  return output.split('\n').filter((line) => /^\/|^[A-Z]:/.test(line) && !line.includes('node_modules')).length;
}
