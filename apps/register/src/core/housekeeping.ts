import type { Ledger } from '@evertill/ledger';
import type { Register } from '@evertill/register';
import type { Replica } from '@evertill/replica';

/** So long nobody has committed anything before the log is checkpointed: between customers, not between scans. */
const IDLE_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
/** How often a newer catalog is looked for. */
const REFRESH_EVERY_MS = 5_000;

/** What a quiet register does: checkpoints its log, imports a newer catalog, tells how the second copy fares. */
export function startHousekeeping(parts: { ledger: Ledger; replica: Replica; register: Register }): {
  dispose(): void;
} {
  const { ledger, replica, register } = parts;
  let committedAtMs = 0;
  let checkpointed = true;
  const stopListening = ledger.onCommit(() => {
    committedAtMs = Date.now();
    checkpointed = false;
  });
  const look = setInterval(() => {
    register.safetyChanged();
    if (checkpointed || Date.now() - committedAtMs < IDLE_MS) return;
    ledger.checkpointWhenIdle();
    checkpointed = true;
  }, LOOK_EVERY_MS);
  const refresh = setInterval(() => {
    void replica.refresh().then((result) => {
      if (!result.ok) process.stderr.write(`catalog not refreshed: ${result.error.code}: ${result.error.message}\n`);
    });
  }, REFRESH_EVERY_MS);
  return {
    dispose: () => {
      stopListening();
      clearInterval(look);
      clearInterval(refresh);
    },
  };
}
