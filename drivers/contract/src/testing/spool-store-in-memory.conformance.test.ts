import { spoolStoreConformance } from '../conformance/spool-store.ts';
import { spoolStoreInMemory } from './spool-store-in-memory.ts';

spoolStoreConformance('memory', () => {
  const store = spoolStoreInMemory();
  return { store, add: (job) => store.add(job) };
});
