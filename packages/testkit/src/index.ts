export { fixedClock, steppingClock, SHOP_OPENS_AT_MS } from './clock.ts';
export type { Clock, SteppingClock } from './clock.ts';
export { sequentialIds } from './ids.ts';
export type { Ids } from './ids.ts';
export { chooseSeed, fuzzRounds, propertyOptions, withPrintedSeed } from './printed-seed.ts';
export { seededRandom } from './random.ts';
export type { Random, SeededRandom } from './random.ts';
export { temporaryFolder } from './temporary-folder.ts';
export type { TemporaryFolder } from './temporary-folder.ts';
