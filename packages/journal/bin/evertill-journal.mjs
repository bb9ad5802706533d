#!/usr/bin/env node
// Node 20 cannot read TypeScript by itself: tsx does, here and in every other command of the clone.
import { register } from 'tsx/esm/api';

register();
// `| head` closes the pipe: that is the end of the work, not a fault.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
const { main } = await import('../src/cli/main.ts');
process.exitCode = main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  nowMs: () => Date.now(),
});
