import { apiContract } from './testing/contract-suite.ts';
import { openMemoryHome } from './testing/memory-home.ts';

apiContract('the API in memory', openMemoryHome);
