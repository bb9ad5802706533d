export { spoolStoreInMemory, type SpoolStoreInMemory } from './spool-store-in-memory.ts';
export { manualClock, type ManualClock } from './manual-clock.ts';
