import { preparedEnvironment, prepareApplication } from '../bootstrap/prepare.mjs';

/**
 * Lets `npx vitest run --project e2e` work by itself: builds, finds the runtime and opens a display, unless whoever
 * started it (npm test) has done so. What tests find in their environment is said at `preparedEnvironment`.
 */
export default async function prepareEndToEnd() {
  if (process.env['EVERTILL_PREPARED']) return undefined;
  const prepared = await prepareApplication({ env: process.env, forTests: true });
  delete process.env['ELECTRON_RUN_AS_NODE'];
  Object.assign(process.env, preparedEnvironment(process.env, prepared));
  return prepared.dispose;
}
