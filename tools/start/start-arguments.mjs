/**
 * What `npm start` adds to what was typed: a data folder, the demonstration shop, and virtual devices unless a real one is
 * named. `--register 2` is the same as `--register=2`.
 *
 * @param {string[]} typed
 * @param {string} folder where the shop lives unless `--data=` says otherwise
 * @returns {string[]}
 */
export function startArguments(typed, folder) {
  const args = joined(typed);
  /** @param {string} name */
  const has = (name) => args.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
  const added = [];
  if (!has('data')) added.push(`--data=${folder}`);
  if (!has('demo-shop')) added.push('--demo-shop');
  if (!has('virtual-devices') && !has('printer') && !has('scanner')) added.push('--virtual-devices');
  return [...added, ...args];
}

/** Options that want a value; people write a space where the application wants an equals sign. */
const WITH_VALUE = ['--data', '--register', '--hub', '--hub-code', '--printer', '--scanner'];

/** @param {string[]} typed */
function joined(typed) {
  const args = [];
  for (let at = 0; at < typed.length; at += 1) {
    const argument = typed[at] ?? '';
    const next = typed[at + 1];
    const takesNext = WITH_VALUE.includes(argument) && next !== undefined && !next.startsWith('--');
    args.push(takesNext ? `${argument}=${next}` : argument);
    if (takesNext) at += 1;
  }
  return args;
}

/**
 * The value of an option as the application will read it: the last one counts.
 *
 * @param {string[]} args
 * @param {string} name
 */
export function valueOf(args, name) {
  return args
    .filter((argument) => argument.startsWith(`--${name}=`))
    .at(-1)
    ?.slice(name.length + 3);
}
