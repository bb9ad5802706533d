// npm test: proves the product, from a bare machine on. Checks first, then unit tests, then the built application. `--deep` digs deeper.
import { ensureNodeVersion } from './bootstrap/ensure-node-version.mjs';
ensureNodeVersion();
const { say } = await import('./bootstrap/progress.mjs');
const { chosenDepth } = await import('./test/depth.mjs');
const { proveProduct } = await import('./test/prove-product.mjs');

try {
  process.exitCode = await proveProduct(chosenDepth(process.argv.slice(2), process.env));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
