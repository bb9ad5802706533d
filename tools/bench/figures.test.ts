import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BenchReport } from './bench-row.ts';
import { benches } from './benches.ts';
import { figuresSection, withSection } from './figures-section.ts';

const read = (file: string): string => readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');

describe('docs/figures.md', () => {
  it.each(Object.keys(benches))('shows what was measured of %s and nothing else', (bench) => {
    const document = read('../../docs/figures.md');
    const report = JSON.parse(read(`./figures/${bench}.json`)) as BenchReport;
    expect(document).toBe(withSection(document, bench, figuresSection(bench, report)));
  });

  it('cannot be written without its marks', () => {
    expect(() => withSection('# Figures', 'main', 'section')).toThrow('marks');
  });
});
