import type { SnapshotName, Snapshots } from '../views.ts';

/** Why a snapshot changed, where a device caused it: lets the way from the scanner to the painted line be measured. */
export type Cause = { kind: 'scan'; receivedAtMs: number };
export type SnapshotListener = <N extends SnapshotName>(name: N, value: Snapshots[N], cause: Cause | null) => void;

/** The values that pages see, one per name. A listener that throws harms neither the others nor the command. */
export class SnapshotBoard {
  readonly #values: Snapshots;
  readonly #listeners = new Set<SnapshotListener>();
  readonly #onFault: (error: unknown) => void;

  constructor(initial: Snapshots, onFault: (error: unknown) => void) {
    this.#values = initial;
    this.#onFault = onFault;
  }

  get<N extends SnapshotName>(name: N): Snapshots[N] {
    return this.#values[name];
  }

  show<N extends SnapshotName>(name: N, value: Snapshots[N], cause: Cause | null = null): void {
    this.#values[name] = value;
    for (const listener of this.#listeners) {
      try {
        listener(name, value, cause);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }

  onShown(listener: SnapshotListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
