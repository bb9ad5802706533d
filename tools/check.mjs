// npm run check [-- format lint …]: everything that can be said about the sources without running them.
import { ensureNodeVersion } from './bootstrap/ensure-node-version.mjs';
ensureNodeVersion();
const { ensureInstalled } = await import('./bootstrap/ensure-installed.mjs');
const { ROOT } = await import('./bootstrap/folders.mjs');
const { CHECKS } = await import('./check/checks.mjs');
const { complaint, runChecks } = await import('./check/run-checks.mjs');

const wanted = process.argv.slice(2);
const checks = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
if (checks.length === 0) throw new Error(`No such check. There are: ${CHECKS.map(({ name }) => name).join(', ')}`);

await ensureInstalled(ROOT);
const startedMs = Date.now();
const results = await runChecks(ROOT, checks, (result) => {
  const { check, ok, files, elapsedMs } = result;
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(7);
  process.stdout.write(`${ok ? '✓' : '✗'} ${check.name.padEnd(14)} ${seconds}  ${files} files\n`);
  if (!ok) process.stdout.write(`${complaint(result)}\n\n`);
});
const failed = results.filter(({ ok }) => !ok);
const verdict = failed.length === 0 ? 'All checks passed' : `${failed.length} of ${results.length} checks failed`;
process.stdout.write(`${verdict} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
