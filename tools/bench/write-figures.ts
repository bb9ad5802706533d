import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchReport } from './bench-row.ts';
import { figuresSection, withSection } from './figures-section.ts';

/**
 * Takes the last whole run of the benchmark `main` into the documentation: keeps its report as `tools/bench/figures.json` and writes the table of
 * docs/figures.md from it. A test holds the two together.
 */
const folder = path.dirname(fileURLToPath(import.meta.url));
const report = path.join(folder, '../../out/bench/main.json');
const kept = path.join(folder, 'figures.json');
const document = path.join(folder, '../../docs/figures.md');

copyFileSync(report, kept);
const section = figuresSection(JSON.parse(readFileSync(kept, 'utf8')) as BenchReport);
writeFileSync(document, withSection(readFileSync(document, 'utf8'), section));
