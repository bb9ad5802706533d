import { randomInt } from 'node:crypto';

/** Seeds fit in 31 bits so that they are also valid fast-check seeds. */
const SEED_LIMIT = 0x7fff_ffff;

/** The seed this run was asked to replay (`EVERTILL_SEED=…`), or a fresh one. */
export function chooseSeed(environment: Record<string, string | undefined> = process.env): number {
  const asked = environment['EVERTILL_SEED'];
  if (asked === undefined || asked === '') return randomInt(SEED_LIMIT);
  const seed = Number(asked);
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_LIMIT) {
    throw new RangeError(`EVERTILL_SEED wants a whole number from 0 to ${SEED_LIMIT}, got "${asked}"`);
  }
  return seed;
}

/**
 * How many rounds a randomised test runs: `usual` multiplied by `EVERTILL_FUZZ` (1 by default, 0.1 for a glance,
 * 100 for a night), never less than one.
 */
export function fuzzRounds(usual: number, environment: Record<string, string | undefined> = process.env): number {
  const factor = Number(environment['EVERTILL_FUZZ'] ?? '1');
  if (!Number.isFinite(factor) || factor <= 0) {
    throw new RangeError(`EVERTILL_FUZZ wants a positive factor, got "${environment['EVERTILL_FUZZ']}"`);
  }
  return Math.max(1, Math.round(usual * factor));
}

/**
 * Runs a randomised test body. If it fails, the error says with which `EVERTILL_SEED` the very same run comes back;
 * the failing seed then stays in the suite as a named test.
 */
export async function withPrintedSeed<Result>(
  body: (seed: number) => Result | Promise<Result>,
  seed: number = chooseSeed(),
): Promise<Result> {
  try {
    return await body(seed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`failed with EVERTILL_SEED=${seed}: ${reason}`, { cause });
  }
}

/**
 * Options for `fc.assert`: the number of runs scaled by `EVERTILL_FUZZ`, and the asked seed if there is one. Without
 * one fast-check chooses a seed and prints it, with the path of the shrunk example, when a property fails.
 */
export function propertyOptions(
  usualRuns = 100,
  environment: Record<string, string | undefined> = process.env,
): { numRuns: number; seed?: number } {
  const numRuns = fuzzRounds(usualRuns, environment);
  return environment['EVERTILL_SEED'] ? { numRuns, seed: chooseSeed(environment) } : { numRuns };
}
