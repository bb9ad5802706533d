/**
 * What `npm start` adds to what was typed: a data folder, the demonstration shop, and virtual devices unless a real one is
 * named.
 *
 * @param {string[]} typed
 * @param {string} folder where the shop lives unless `--data=` says otherwise
 * @returns {string[]}
 */
export function startArguments(typed, folder) {
  /** @param {string} name */
  const has = (name) => typed.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
  const added = [];
  if (!has('data')) added.push(`--data=${folder}`);
  if (!has('demo-shop')) added.push('--demo-shop');
  if (!has('virtual-devices') && !has('printer') && !has('scanner')) added.push('--virtual-devices');
  return [...added, ...typed];
}
