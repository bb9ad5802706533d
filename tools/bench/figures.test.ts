import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BenchReport } from './bench-row.ts';
import { figuresSection, withSection } from './figures-section.ts';

const read = (file: string): string => readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');

describe('docs/figures.md', () => {
  it('shows what was measured and nothing else', () => {
    const document = read('../../docs/figures.md');
    const report = JSON.parse(read('./figures.json')) as BenchReport;
    expect(document).toBe(withSection(document, figuresSection(report)));
  });

  it('cannot be written without its marks', () => {
    expect(() => withSection('# Figures', 'section')).toThrow('marks');
  });
});
