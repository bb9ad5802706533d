// The few globals that every host of the pure layer has (Node 18+, Chrome 114+, AppSync handlers on Lambda) and that are
// free of clock, randomness and I/O. Declared by hand because the DOM and Node libraries would bring everything else too.

declare class TextEncoder {
  encode(input?: string): Uint8Array;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

declare function structuredClone<T>(value: T): T;

// What the language itself offers but this layer must be given: the time and chance. Their results fit nothing here.

interface TimeIsAParameter {
  readonly passTheInstantIn: unique symbol;
}

interface ChanceIsAParameter {
  readonly passTheRandomSourceIn: unique symbol;
}

interface DateConstructor {
  new (): TimeIsAParameter;
  now(): TimeIsAParameter;
}

interface Math {
  random(): ChanceIsAParameter;
}
