import { randomBytes } from 'node:crypto';
import { NOTHING_DONE, runImport } from './import/run-import.ts';

runImport(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  nowMs: () => Date.now(),
  random: { bytes: (count) => randomBytes(count) },
  defaultDataFolder: process.env['EVERTILL_DATA'],
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(
      `The import failed. Start it again: what is in already will be found unchanged.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = NOTHING_DONE;
  },
);
