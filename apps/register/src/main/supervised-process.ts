import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { RestartPolicy } from './restart-policy.ts';

/** How long a process may take to end by itself when the application quits. */
const SHUTDOWN_DEADLINE_MS = 4_000;

export type SupervisedProcessNeeds = {
  name: string;
  modulePath: string;
  /** The first message of each life. */
  startMessage: () => unknown;
  /** Called with every message that the process sends to main. */
  onMessage: (message: unknown) => void;
  /** Called after each start, the first included: windows get new ports here. */
  onStarted: () => void;
  /** Called when it died too often to be started again. */
  onGivenUp: () => void;
  log: (line: string) => void;
  nowMs: () => number;
};

/** A utility process that is started again when it dies, until the application ends it. */
export class SupervisedProcess {
  readonly #needs: SupervisedProcessNeeds;
  readonly #policy = new RestartPolicy();
  #process: UtilityProcess | null = null;
  #ending = false;

  constructor(needs: SupervisedProcessNeeds) {
    this.#needs = needs;
  }

  start(): void {
    const { name, modulePath, log } = this.#needs;
    const child = utilityProcess.fork(modulePath, [], { serviceName: name, stdio: 'pipe' });
    this.#process = child;
    child.stdout?.on('data', (chunk: Buffer) => log(`${name}: ${chunk.toString().trimEnd()}`));
    child.stderr?.on('data', (chunk: Buffer) => log(`${name}: ${chunk.toString().trimEnd()}`));
    child.on('message', (message: unknown) => this.#needs.onMessage(message));
    child.once('exit', (code) => this.#died(child, code));
    child.postMessage(this.#needs.startMessage());
    child.once('spawn', () => child === this.#process && this.#needs.onStarted());
  }

  get running(): boolean {
    return this.#process?.pid !== undefined;
  }

  post(message: unknown, ports: MessagePortMain[] = []): void {
    this.#process?.postMessage(message, ports);
  }

  /** Asks it to end, and ends it after {@link SHUTDOWN_DEADLINE_MS}. Nothing is lost by force: what was said to be done is on disk. */
  end(): Promise<void> {
    this.#ending = true;
    const child = this.#process;
    if (!child || !this.running) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill(), SHUTDOWN_DEADLINE_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.postMessage({ type: 'shutdown' });
    });
  }

  #died(child: UtilityProcess, code: number): void {
    if (child !== this.#process) return;
    this.#process = null;
    if (this.#ending) return;
    const delayMs = this.#policy.died(this.#needs.nowMs());
    this.#needs.log(
      `${this.#needs.name} ended with ${code}; ${delayMs === null ? 'not started again' : `again in ${delayMs} ms`}`,
    );
    if (delayMs === null) this.#needs.onGivenUp();
    else setTimeout(() => !this.#ending && this.start(), delayMs);
  }
}
