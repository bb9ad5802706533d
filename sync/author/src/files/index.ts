export { openKeyFile } from './key-file.ts';
export { readPrivateFile, writePrivateFile } from './private-file.ts';
