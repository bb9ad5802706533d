/**
 * What every start of the application has in common, whoever starts it: `npm start`, the end-to-end tests, the demo.
 *
 * @param {{ binary: string, note: string }} runtime
 * @param {{ appFolder: string, args?: string[], env: NodeJS.ProcessEnv, display?: string | undefined, isRoot?: boolean }} options
 * @returns {{ file: string, args: string[], env: Record<string, string> }} `args` as given to the binary; the application
 *   sees its own after the folder
 */
export function electronLaunch(runtime, options) {
  const { appFolder, args = [], env, display, isRoot = process.getuid?.() === 0 } = options;
  /** @type {Record<string, string>} */
  const clean = {};
  for (const [name, value] of Object.entries(env)) {
    // With this one set the binary would be a plain Node and open no window; shells inside editors often leak it.
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE') clean[name] = value;
  }
  if (display) clean['DISPLAY'] = display;
  if (runtime.note) clean['EVERTILL_RUNTIME_NOTE'] = runtime.note;
  return {
    file: runtime.binary,
    args: [
      ...runtimeArguments({ isRoot, onVirtualDisplay: Boolean(display || env['EVERTILL_VIRTUAL_DISPLAY']) }),
      appFolder,
      ...args,
    ],
    env: clean,
  };
}

/**
 * Arguments that Chromium, not the application, needs on this machine.
 *
 * @param {{ isRoot?: boolean, onVirtualDisplay: boolean }} machine
 * @returns {string[]}
 */
function runtimeArguments({ isRoot = process.getuid?.() === 0, onVirtualDisplay }) {
  return [
    // Chromium's sandbox refuses to run as root. Root is what tests and containers have; a shop's register never does.
    ...(isRoot ? ['--no-sandbox'] : []),
    // Where there is no screen there is no system bus and no graphics card either, and Chromium complains about both.
    ...(onVirtualDisplay ? ['--log-level=3'] : []),
  ];
}

export const ROOT_SENTENCE = 'Running as root, so without the sandbox: for tests and development only.';
