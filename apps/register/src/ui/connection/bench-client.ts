import { benchStateSchema, type BenchRequest, type BenchState } from '../../contract/bench.ts';

/** The bench window's end of the line to the virtual devices. */
export class BenchClient {
  #port: MessagePort | null = null;
  #state: BenchState | null = null;
  readonly #listeners = new Set<() => void>();

  get state(): BenchState | null {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  attach(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    port.onmessage = (event) => {
      const parsed = benchStateSchema.safeParse(event.data);
      if (!parsed.success) return;
      this.#state = parsed.data;
      for (const listener of this.#listeners) listener();
    };
    port.start();
  }

  send(request: BenchRequest): void {
    this.#port?.postMessage(request);
  }
}
