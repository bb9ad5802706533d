import type { Bench } from './bench-row.ts';
import { benchMain } from './main/main.ts';
import { benchSync } from './sync/sync.ts';

/** Every benchmark by its name. */
export const benches: Readonly<Record<string, Bench>> = { main: benchMain, sync: benchSync };
