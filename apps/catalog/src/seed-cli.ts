import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CatalogBusy } from './publish/catalog-lock.ts';
import { seedShop } from './seed/seed-shop.ts';

const USAGE = `Usage: npm run seed -w evertill-catalog -- [--items 5000] [--seed TEXT] [--data DIR]

Sets up the demonstration shop in a data folder and publishes its catalog. A catalog that is there is replaced.
`;

/** Sets up the demonstration shop; returns the exit code: 0 done, 1 nothing done. */
async function seed(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      items: { type: 'string', default: '5000' },
      seed: { type: 'string', default: 'market' },
      data: { type: 'string' },
    },
  });
  const folder = values.data ?? process.env['EVERTILL_DATA'];
  if (folder === undefined || !/^\d+$/.test(values.items)) {
    process.stderr.write(USAGE);
    return 1;
  }
  const shop = await seedShop({
    folder,
    items: Number(values.items),
    seed: values.seed,
    nowIso: new Date().toISOString(),
    random: { bytes: (count) => randomBytes(count) },
    onProgress: ({ step, done, total }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${step} ${done} of ${total}`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const people = shop.staffPins.map(({ name, role, pin }) => `  ${pin}  ${name}, ${role}`);
  process.stdout.write(`Published as version ${shop.version} of ${shop.scope}. PINs:\n${people.join('\n')}\n`);
  return 0;
}

seed(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const expected = error instanceof CatalogBusy || error instanceof TypeError || error instanceof RangeError;
    process.stderr.write(
      `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n${USAGE}`,
    );
    process.exitCode = 1;
  },
);
