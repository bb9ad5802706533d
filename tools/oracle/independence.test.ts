import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));
const imports = /(?:\bfrom |\bimport\(|\brequire\()'([^']+)'/g;

it('the judge shares no code with what it judges', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(10);
  const foreign = files.flatMap((file) => {
    const path = join(folder, file);
    return [...readFileSync(path, 'utf8').matchAll(imports)]
      .map(([, source]) => source ?? '')
      .filter((source) => {
        if (source.startsWith('.')) return relative(folder, join(dirname(path), source)).startsWith('..');
        return !/^node:|^vitest$|^@photostructure\/sqlite$/.test(source);
      })
      .map((source) => `${file} imports ${source}`);
  });
  expect(foreign).toEqual([]);
});
