export type Step = { name: string; ok: boolean; ms: number };

/** A step whose observation did not fit. The steps after it would rest on sand, so the story ends here. */
export class StepFailed extends Error {}

/** Runs the story step by step, says each one aloud, and keeps what the report needs. */
export class StepLog {
  readonly steps: Step[] = [];
  readonly #say: (line: string) => void;
  readonly #onFailure: (name: string) => Promise<string>;

  /** `onFailure` saves what can be seen and answers where. */
  constructor(needs: { say: (line: string) => void; onFailure: (name: string) => Promise<string> }) {
    this.#say = needs.say;
    this.#onFailure = needs.onFailure;
  }

  /** `work` throws when what was observed from outside is not what was done; its answer is shown beside the name. */
  async step(name: string, work: () => Promise<string>): Promise<void> {
    const startedMs = performance.now();
    try {
      const observed = await work();
      const ms = Math.round(performance.now() - startedMs);
      this.steps.push({ name, ok: true, ms });
      this.#say(`  ✓ ${name.padEnd(46)} ${`${ms} ms`.padStart(9)}   ${observed}`);
    } catch (cause) {
      const ms = Math.round(performance.now() - startedMs);
      this.steps.push({ name, ok: false, ms });
      this.#say(`  ✗ ${name.padEnd(46)} ${`${ms} ms`.padStart(9)}`);
      this.#say(`    observed: ${cause instanceof Error ? cause.message : String(cause)}`);
      this.#say(`    ${await this.#onFailure(name)}`);
      throw new StepFailed(name, { cause });
    }
  }
}
