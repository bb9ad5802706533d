import type { AnswerOf, CommandName, ParamsOf, RefusalCode, SnapshotName, Snapshots } from '@evertill/register';
import { GREETING_DEADLINE_MS, REQUEST_DEADLINE_MS } from '../../contract/limits.ts';
import { fromCoreSchema, type Cause, type FromCore, type StartingMessage } from '../../contract/messages.ts';
import { methods } from '../../contract/methods.ts';
import { snapshotSchemas } from '../../contract/snapshots.ts';
import { CONTRACT_VERSION } from '../../contract/version.ts';

/** Where the page stands with the core. `failed` carries the fault that keeps the core from starting. */
export type ConnectionState =
  | { state: 'connecting' | 'connected' | 'reconnecting'; sinceMs: number; starting: StartingMessage | null }
  | { state: 'failed'; sinceMs: number; starting: StartingMessage };

/** A refusal of the register, or one of the line to it. After `core-restarted` and `deadline` the snapshots tell what happened. */
export type SendRefusal = { code: RefusalCode | 'core-restarted' | 'deadline'; detail?: string };
export type SendOutcome<T> = { ok: true; value: T } | { ok: false; error: SendRefusal };

type Waiting = {
  name: CommandName;
  settle: (outcome: SendOutcome<unknown>) => void;
  timer: ReturnType<typeof setTimeout>;
};
type SnapshotListener = (name: SnapshotName, cause: Cause | null) => void;

/**
 * The page's end of the line to the core. It keeps the last snapshot of each name, so that a reconnecting page goes on showing what
 * was true, and settles every command: with the core's answer, or with `core-restarted` or `deadline`. Commands are never repeated
 * by themselves: the core may have done them.
 */
export class CoreClient {
  #port: MessagePort | null = null;
  #connection: ConnectionState;
  #snapshots: Partial<Snapshots> = {};
  readonly #waiting = new Map<number, Waiting>();
  readonly #connectionListeners = new Set<() => void>();
  readonly #snapshotListeners = new Set<SnapshotListener>();
  #nextId = 1;
  #greetingTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #requestPort: () => void;
  readonly #nowMs: () => number;

  constructor(needs: { requestPort: () => void; nowMs: () => number }) {
    this.#requestPort = needs.requestPort;
    this.#nowMs = needs.nowMs;
    this.#connection = { state: 'connecting', sinceMs: needs.nowMs(), starting: null };
    this.#awaitGreeting();
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  snapshot<N extends SnapshotName>(name: N): Snapshots[N] | undefined {
    return this.#snapshots[name];
  }

  onConnection(listener: () => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  onSnapshot(listener: SnapshotListener): () => void {
    this.#snapshotListeners.add(listener);
    return () => this.#snapshotListeners.delete(listener);
  }

  /** Takes a new port; whatever waited on the old one is settled with `core-restarted`. */
  attach(port: MessagePort): void {
    this.#port?.close();
    this.#settleAll({ code: 'core-restarted' });
    this.#port = port;
    port.onmessage = (event) => this.#receive(event.data);
    port.addEventListener('close', () => this.#lost(port));
    port.start();
    this.#awaitGreeting();
  }

  send<N extends CommandName>(name: N, params: ParamsOf<N>): Promise<SendOutcome<AnswerOf<N>>> {
    const port = this.#port;
    if (!port || this.#connection.state !== 'connected') {
      return Promise.resolve({ ok: false, error: { code: 'core-restarted' } });
    }
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(id, { ok: false, error: { code: 'deadline' } }), REQUEST_DEADLINE_MS);
      this.#waiting.set(id, { name, settle: resolve as (outcome: SendOutcome<unknown>) => void, timer });
      port.postMessage({ id, method: name, params });
    });
  }

  #receive(data: unknown): void {
    const parsed = fromCoreSchema.safeParse(data);
    if (parsed.success) this.#take(parsed.data);
  }

  #take(message: FromCore): void {
    if (message.kind === 'greeting') this.#greeted(message.contractVersion);
    else if (message.kind === 'starting') this.#starting(message);
    else if (message.kind === 'snapshot') this.#keep(message.name, message.value, message.cause);
    else this.#answered(message);
  }

  #greeted(contractVersion: number): void {
    clearTimeout(this.#greetingTimer);
    if (contractVersion !== CONTRACT_VERSION) {
      window.location.reload();
      return;
    }
    this.#change({ state: 'connected', sinceMs: this.#nowMs(), starting: null });
  }

  #starting(message: StartingMessage): void {
    clearTimeout(this.#greetingTimer);
    const failed = message.step === 'failed';
    const state = this.#connection.state === 'connecting' ? 'connecting' : 'reconnecting';
    this.#change({ state: failed ? 'failed' : state, sinceMs: this.#connection.sinceMs, starting: message });
  }

  #keep(name: SnapshotName, value: unknown, cause: Cause | null): void {
    const parsed = snapshotSchemas[name].safeParse(value);
    if (!parsed.success) return;
    this.#snapshots = { ...this.#snapshots, [name]: parsed.data };
    for (const listener of this.#snapshotListeners) listener(name, cause);
  }

  #answered(message: Extract<FromCore, { kind: 'answer' }>): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if (!message.ok) {
      const { code, detail } = message.error;
      this.#settle(message.id, { ok: false, error: detail === undefined ? { code } : { code, detail } });
      return;
    }
    const parsed = methods[waiting.name].answer.safeParse(message.value);
    this.#settle(
      message.id,
      parsed.success ? { ok: true, value: parsed.data } : { ok: false, error: { code: 'bad-message' } },
    );
  }

  #settle(id: number, outcome: SendOutcome<unknown>): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.settle(outcome);
  }

  #settleAll(error: SendRefusal): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { ok: false, error });
  }

  #lost(port: MessagePort): void {
    if (port !== this.#port) return;
    this.#port = null;
    this.#settleAll({ code: 'core-restarted' });
    this.#change({ state: 'reconnecting', sinceMs: this.#nowMs(), starting: null });
    this.#awaitGreeting();
  }

  #awaitGreeting(): void {
    clearTimeout(this.#greetingTimer);
    this.#greetingTimer = setTimeout(() => {
      this.#requestPort();
      this.#awaitGreeting();
    }, GREETING_DEADLINE_MS);
  }

  #change(connection: ConnectionState): void {
    this.#connection = connection;
    for (const listener of this.#connectionListeners) listener();
  }
}
