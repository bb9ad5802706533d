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
