import { QUEUE_LENGTH_MAX } from './limits.ts';

type Job = () => Promise<void>;

/** Runs one piece of work after another; scans go before commands that wait. */
export class CommandQueue {
  readonly #scans: Job[] = [];
  readonly #commands: Job[] = [];
  #draining: Promise<void> | null = null;

  /** The promise of the work's answer, or `null`: too much is waiting, and the work will not be done. */
  run<T>(lane: 'scan' | 'command', work: () => Promise<T>): Promise<T> | null {
    if (this.#scans.length + this.#commands.length >= QUEUE_LENGTH_MAX) return null;
    const answer = new Promise<T>((resolve, reject) => {
      (lane === 'scan' ? this.#scans : this.#commands).push(() => work().then(resolve, reject));
    });
    this.#draining ??= this.#drain();
    return answer;
  }

  /** Resolves when everything that was waiting is done. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    for (let job = this.#next(); job; job = this.#next()) await job();
    this.#draining = null;
  }

  #next(): Job | undefined {
    return this.#scans.shift() ?? this.#commands.shift();
  }
}
