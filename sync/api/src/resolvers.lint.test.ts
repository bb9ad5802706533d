import { readFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createResolverLint } from './testing/lint-resolver.ts';

const FOLDER = fileURLToPath(new URL('../resolvers/', import.meta.url));
/** AppSync's limit for the code of one resolver or function. */
const CODE_BYTES_MAX = 32 * 1024;

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));
const { lint } = createResolverLint();

describe('every resolver', () => {
  test.each(files)('%s is what APPSYNC_JS takes', async (file) => {
    expect(await lint(file, readFileSync(`${FOLDER}${file}`, 'utf8'))).toEqual([]);
    expect(statSync(`${FOLDER}${file}`).size).toBeLessThan(CODE_BYTES_MAX);
  });
});

describe('what is refused', () => {
  test.each([
    ['throw', 'throw util.error("x");'],
    ['new Date()', 'const now = new Date();'],
    ['Date.now()', 'const now = Date.now();'],
    ['Math.random()', 'const luck = Math.random();'],
    ['try', 'try { JSON.parse("x"); } catch (error) { return null; }'],
    ['while', 'while (ctx.args.more) { return {}; }'],
    ['for with a counter', 'for (let i = 0; i < 3; i += 1) { ctx.stash.i = i; }'],
    ['++', 'let n = 0; n++;'],
    ['a regular expression', 'const is = /a/.test("a");'],
    ['async', 'const later = async () => ({});'],
    ['a class', 'class Thing {}'],
    ['recursion', 'const twice = (n) => twice(n); twice(1);'],
    ['the world outside', 'const name = process.env.NAME;'],
  ])('%s', async (_, statement) => {
    const text = `import { util } from '@aws-appsync/utils';\nexport function request(ctx) {\n  ${statement}\n  return util.autoId();\n}\n`;
    expect(await lint('pipeline.js', text)).not.toEqual([]);
  });

  test('an import from elsewhere', async () => {
    expect(await lint('pipeline.js', "import { x } from './x.js';\nexport const request = () => x;\n")).not.toEqual([]);
  });
});
