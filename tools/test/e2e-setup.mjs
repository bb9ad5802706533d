import { prepareApplication } from '../bootstrap/prepare.mjs';

/**
 * Lets `npx vitest run --project e2e` work by itself: builds, finds the runtime and opens a display, unless whoever
 * started it (npm test) has done so. Tests find EVERTILL_ELECTRON, EVERTILL_RUNTIME_NOTE and DISPLAY in their environment.
 */
export default async function prepareEndToEnd() {
  delete process.env['ELECTRON_RUN_AS_NODE'];
  if (process.env['EVERTILL_PREPARED']) return undefined;
  const { runtime, display, dispose } = await prepareApplication({ env: process.env, forTests: true });
  process.env['EVERTILL_ELECTRON'] = runtime.binary;
  process.env['EVERTILL_RUNTIME_NOTE'] = runtime.note;
  if (display) process.env['DISPLAY'] = display;
  return dispose;
}
