import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { AnswerOf, CommandName, ParamsOf, SnapshotName, Snapshots } from '@evertill/register';
import { appFolder } from './stage.ts';

const DEADLINE_MS = 30_000;

export type HeadlessSettings = {
  folder: string;
  printerPort: number;
  scannerPort: number;
  hub?: { url: string; code: string | null } | null;
  /** 1 by default; every register of one folder has its own ledger and key, and the same store folder. */
  registerNumber?: number;
  /** Of the demonstration shop, where this start makes it; 300 by default. */
  demoShopItems?: number;
  /** It has no store folder and joins its hub. */
  joins?: boolean;
};

type Message = {
  kind: string;
  id?: number;
  ok?: boolean;
  value?: unknown;
  name?: SnapshotName;
  step?: string;
  fault?: string;
};
type Answer<N extends CommandName> = { ok: true; value: AnswerOf<N> } | { ok: false; error: { code: string } };

/** The built core in a plain Node process of its own, to be killed: no window, the same code. */
export class HeadlessCore {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (answer: Message | null) => void>();
  readonly snapshots: Partial<Snapshots> = {};
  readonly #listeners = new Set<(name: SnapshotName) => void>();
  #lastId = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on('message', (message: Message) => this.#take(message));
    child.on('exit', () => {
      for (const settle of this.#waiting.values()) settle(null);
      this.#waiting.clear();
    });
  }

  /** Resolves when the core greets: it is open and has sent every snapshot. */
  static async start(settings: HeadlessSettings): Promise<HeadlessCore> {
    const child = fork(path.join(appFolder, 'dist/headless.cjs'), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const core = new HeadlessCore(child);
    const greeted = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the core does not greet')), DEADLINE_MS);
      child.on('message', (message: Message) => {
        if (message.kind === 'starting' && message.step === 'failed')
          reject(new Error(`the core fails: ${message.fault}`));
        if (message.kind !== 'greeting') return;
        clearTimeout(timer);
        resolve();
      });
    });
    child.send(configOf(settings));
    await greeted;
    return core;
  }

  /** The answer, or `null` when the core died before it gave one. */
  ask<N extends CommandName>(method: N, params: ParamsOf<N>): Promise<Answer<N> | null> {
    if (!this.#process.connected) return Promise.resolve(null);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => resolve(answer as Answer<N> | null));
      this.#process.send({ id, method, params }, (fault) => fault && resolve(null));
    });
  }

  /** Called when a snapshot has come; until the returned function is called. */
  onSnapshot(listener: (name: SnapshotName) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** SIGKILL: nothing of the process gets a last word. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }

  async end(): Promise<void> {
    if (!this.#process.connected) return;
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }

  #take(message: Message): void {
    if (message.kind === 'snapshot' && message.name) {
      Object.assign(this.snapshots, { [message.name]: message.value });
      for (const listener of [...this.#listeners]) listener(message.name);
    }
    if (message.kind !== 'answer' || message.id === undefined) return;
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }
}

function configOf({
  folder,
  printerPort,
  scannerPort,
  hub = null,
  registerNumber = 1,
  joins = false,
  demoShopItems = 300,
}: HeadlessSettings): Record<string, unknown> {
  const at = (port: number) => ({ kind: 'tcp', host: '127.0.0.1', port });
  return {
    storeFolder: path.join(folder, joins ? 'no-store' : 'store'),
    registerNumber,
    registerFolder: path.join(folder, `register-${registerNumber}`),
    marksFolder: path.join(folder, 'marks', `register-${registerNumber}`),
    secondCopyFolder: path.join(folder, 'second-copy', `register-${registerNumber}`),
    demoShop: joins ? null : { items: demoShopItems, seed: 1 },
    devices: { printer: at(printerPort), scanner: at(scannerPort) },
    signingSeedHex: (0x59 + registerNumber).toString(16).padStart(2, '0').repeat(32),
    hub,
    importWorkerPath: path.join(appFolder, 'dist/import-worker.cjs'),
    version: '0.0.0-test',
  };
}
