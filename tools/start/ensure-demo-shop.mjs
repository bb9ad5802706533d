import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTypeScript, typeScriptProgram } from './typescript-program.mjs';

const USUAL_ITEMS = 5_000;
/** What the application would seed with: both make the same shop. */
const SEED = '1';

/**
 * Makes the demonstration shop where there is none, before anything opens: the hub takes it over for the registers and the web shop that
 * join through it.
 *
 * @param {{ root: string, dataFolder: string, args: string[], env: NodeJS.ProcessEnv, say: (line: string) => void }} options
 */
export async function ensureDemoShop({ root, dataFolder, args, env, say }) {
  const asked = args.filter((argument) => argument === '--demo-shop' || argument.startsWith('--demo-shop=')).at(-1);
  const store = join(dataFolder, 'store');
  if (asked === undefined || existsSync(join(store, 'enrolment.json'))) return;
  const items = Number(asked.slice('--demo-shop='.length) || USUAL_ITEMS);
  // What is no number is for the application to refuse, in its words.
  if (!Number.isInteger(items) || items < 1) return;
  say(`Making the demonstration shop: ${items} items`);
  const program = typeScriptProgram(root, 'apps/catalog/src/seed-cli.ts');
  await runTypeScript([...program, '--data', store, '--items', String(items), '--seed', SEED], env);
}
