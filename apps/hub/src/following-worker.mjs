// Threads do not inherit how the sources are run as they stand; this says it, and then it is TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./following-worker.ts');
