import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { endProcess } from '@evertill/author';
import { runWebShop } from './run.ts';

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());

const exitCode = await runWebShop(process.argv.slice(2), process.env['EVERTILL_DATA'], {
  nowMs: () => Date.now(),
  // Subtracted, because -0 is no integer of a record.
  tzOffsetMin: () => 0 - new Date().getTimezoneOffset(),
  newId: randomUUID,
  random: { bytes: (count) => randomBytes(count), int: (below) => randomInt(below) },
  fetch,
  out: (line) => void process.stdout.write(`${line}\n`),
  ended: ended.signal,
});
endProcess(exitCode);
