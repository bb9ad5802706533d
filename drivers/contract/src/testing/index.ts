export { spoolStoreInMemory, type SpoolStoreInMemory } from './spool-store-in-memory.ts';
