/** Remembers answers that cost something to find; of more than `max` the one that was remembered first goes. */
export class BoundedCache<Key, Value> {
  readonly #max: number;
  readonly #values = new Map<Key, Value>();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  set(key: Key, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#max) return;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest as Key);
  }

  delete(key: Key): void {
    this.#values.delete(key);
  }
}
