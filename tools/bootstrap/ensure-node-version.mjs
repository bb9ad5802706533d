// Written in old syntax on purpose: an old Node must be able to read this file in order to refuse in words.

/**
 * @param {string} running version of the running Node, for example `20.19.0`
 * @param {string} minimum lowest version that works
 * @returns {boolean}
 */
export function isNodeNewEnough(running, minimum) {
  const have = running.split('.').map(Number);
  const want = minimum.split('.').map(Number);
  for (let index = 0; index < 3; index += 1) {
    const difference = (have[index] || 0) - (want[index] || 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Lowest Node that the tools run on; the same as `engines.node` of the root package.json (a test compares them). */
export const MINIMUM_NODE = '20.19.0';

/** Ends the process with a sentence when the running Node is too old. */
export function ensureNodeVersion() {
  if (isNodeNewEnough(process.versions.node, MINIMUM_NODE)) return;
  process.stderr.write(
    'Evertill needs Node ' +
      MINIMUM_NODE +
      ' or newer; this is ' +
      process.versions.node +
      '. See https://nodejs.org.\n',
  );
  process.exit(1);
}
