import {
  refused,
  type CommandName,
  type Outcome,
  type Refusal,
  type SnapshotName,
  type Snapshots,
} from '@evertill/register';
import { REQUESTS_PENDING_MAX, REQUESTS_PER_SECOND_MAX } from '../contract/limits.ts';
import { requestSchema, type Cause, type RequestMessage, type StartingMessage } from '../contract/messages.ts';
import { methods } from '../contract/methods.ts';
import { CONTRACT_VERSION } from '../contract/version.ts';
import type { CorePort } from './core-port.ts';
import { RequestMeter } from './request-meter.ts';

/** What the windows are served from: the use cases, once they are open. */
export type ServedRegister = {
  handle(name: CommandName, params: unknown): Promise<Outcome<unknown>>;
  snapshot<N extends SnapshotName>(name: N): Snapshots[N];
  onSnapshot(listener: (name: SnapshotName, value: unknown, cause: Cause | null) => void): () => void;
};

const snapshotNames: readonly SnapshotName[] = [
  'register',
  'session',
  'till',
  'transaction',
  'lastSale',
  'suspended',
  'devices',
  'catalog',
  'safety',
  'server',
  'changes',
];

type Seat = { port: CorePort; meter: RequestMeter; pending: number };

/**
 * Serves register windows: checks each message that comes in, answers each request once, and sends a snapshot to every window when
 * it changes. Ports that arrive before the register is open are told what the core is doing.
 */
export class WindowServer {
  readonly #seats = new Set<Seat>();
  readonly #coreId: string;
  readonly #nowMs: () => number;
  #register: ServedRegister | null = null;
  #starting: StartingMessage = { kind: 'starting', step: 'opening', done: 0, total: 0, fault: null };

  constructor(needs: { coreId: string; nowMs: () => number }) {
    this.#coreId = needs.coreId;
    this.#nowMs = needs.nowMs;
  }

  /** Says to all windows what the core is doing before it can serve. */
  starting(message: Omit<StartingMessage, 'kind'>): void {
    this.#starting = { kind: 'starting', ...message };
    this.#broadcast(this.#starting);
  }

  open(register: ServedRegister): void {
    this.#register = register;
    for (const seat of this.#seats) this.#welcome(seat, register);
    register.onSnapshot((name, value, cause) => this.#broadcast({ kind: 'snapshot', name, value, cause }));
  }

  attach(port: CorePort): void {
    const seat: Seat = { port, meter: new RequestMeter(REQUESTS_PER_SECOND_MAX, this.#nowMs()), pending: 0 };
    this.#seats.add(seat);
    port.onClose(() => this.#seats.delete(seat));
    port.onMessage((message) => void this.#receive(seat, message));
    if (this.#register) this.#welcome(seat, this.#register);
    else port.post(this.#starting);
  }

  dispose(): void {
    for (const seat of this.#seats) seat.port.close();
    this.#seats.clear();
  }

  #welcome(seat: Seat, register: ServedRegister): void {
    for (const name of snapshotNames) {
      seat.port.post({ kind: 'snapshot', name, value: register.snapshot(name), cause: null });
    }
    seat.port.post({ kind: 'greeting', contractVersion: CONTRACT_VERSION, coreId: this.#coreId });
  }

  async #receive(seat: Seat, message: unknown): Promise<void> {
    const request = requestSchema.safeParse(message);
    // Without an id there is nobody to answer; a page of ours never sends such a thing.
    if (!request.success) return;
    const { id } = request.data;
    if (!seat.meter.take(this.#nowMs()) || seat.pending >= REQUESTS_PENDING_MAX) {
      this.#refuse(seat, id, { code: 'too-busy' });
      return;
    }
    seat.pending += 1;
    const outcome = await this.#serve(request.data);
    seat.pending -= 1;
    if (outcome.ok) seat.port.post({ kind: 'answer', id, ok: true, value: outcome.value });
    else this.#refuse(seat, id, outcome.error);
  }

  async #serve(request: RequestMessage): Promise<Outcome<unknown>> {
    if (!this.#register) return refused('too-busy');
    if (!Object.hasOwn(methods, request.method)) return refused('bad-message');
    const name = request.method as CommandName;
    const params = methods[name].params.safeParse(request.params);
    if (!params.success) return refused('bad-message', params.error.issues[0]?.path.join('.') ?? '');
    return this.#register.handle(name, params.data);
  }

  #refuse(seat: Seat, id: number, error: Refusal): void {
    seat.port.post({ kind: 'answer', id, ok: false, error });
  }

  #broadcast(message: unknown): void {
    for (const seat of this.#seats) seat.port.post(message);
  }
}
