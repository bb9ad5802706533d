import { openReplica } from '../index.ts';
import type { OpenReplicaOptions } from '../index.ts';

/**
 * A process that opens a replica, refreshes it, and ends itself with SIGKILL at the step it is told. Without one it prints what it serves.
 * Arguments: the options as JSON, and the step: a `RefreshStep`, or `importing:<n>` for the n-th word from the import.
 */
const [optionsJson = '', killAt = ''] = process.argv.slice(2);
const die = (): boolean => process.kill(process.pid, 'SIGKILL');
const options = JSON.parse(optionsJson) as Omit<OpenReplicaOptions, 'nowMs'>;
const nowMs = (): number => Date.parse('2026-02-01T09:00:00Z');

async function run(): Promise<void> {
  const replica = await openReplica({ ...options, nowMs, onStep: (step) => step === killAt && die() });
  let words = 0;
  const result = await replica.refresh(() => {
    words += 1;
    if (killAt === `importing:${words}`) die();
  });
  const found = await replica.findById('a');
  await replica.dispose();
  process.stdout.write(JSON.stringify({ result, words, amountMinor: found?.price?.amountMinor ?? null }));
}

void run();
