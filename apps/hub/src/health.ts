import type { Tables } from '@evertill/engine';
import { SqliteFault } from '@evertill/sqlite';
import type { SqliteFaultCode } from '@evertill/sqlite';

/** What the hub remembers about itself. */
export interface Health {
  startedAtMs: number;
  /** The last trial write, which serves for a second: whoever asks in a loop must not wear the disk. */
  trial?: { problem: SqliteFaultCode | null; atMs: number };
}

const TRIAL_LIFE_MS = 1_000;

export interface HealthReport {
  ok: boolean;
  /** `disk-full` and the like: what keeps the hub from writing at this moment. */
  problem: SqliteFaultCode | null;
  uptimeSeconds: number;
  connections: number;
}

/** Tries a write to say whether one would succeed: a disk that was full may have room again. */
export function healthReport(health: Health, tables: Tables, connections: number, nowMs: number): HealthReport {
  if (!health.trial || Math.abs(nowMs - health.trial.atMs) >= TRIAL_LIFE_MS) {
    health.trial = { problem: writeProblem(tables, nowMs), atMs: nowMs };
  }
  const { problem } = health.trial;
  const uptimeSeconds = Math.floor((nowMs - health.startedAtMs) / 1000);
  return { ok: problem === null, problem, uptimeSeconds, connections };
}

function writeProblem(tables: Tables, nowMs: number): SqliteFaultCode | null {
  try {
    tables.write('claims', {
      kind: 'put',
      item: { pk: { S: '#health' }, sk: { S: '#health' }, at: { N: String(nowMs) } },
    });
    return null;
  } catch (error) {
    if (error instanceof SqliteFault) return error.code;
    throw error;
  }
}
