/** Cuts a stream of bytes into reads. Pure: silence is told to it. */
export type Frames = {
  /** Reads that ended in these bytes, without their terminators; empty ones (the second half of CR LF) are passed over. */
  push(bytes: Uint8Array): Uint8Array[];
  /** The line fell silent: what is there is a read, if there is anything. */
  silence(): Uint8Array[];
  reset(): void;
  /** Bytes held; never more than the limit. */
  readonly held: number;
};

const TERMINATORS: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x09]);

/** A read longer than `lengthMax` is dropped up to its end, so that no tail of it looks like a read of its own. */
export function frames(lengthMax: number): Frames {
  const buffer = new Uint8Array(lengthMax);
  let length = 0;
  let tooLong = false;

  function end(): Uint8Array[] {
    const read = tooLong || length === 0 ? [] : [buffer.slice(0, length)];
    length = 0;
    tooLong = false;
    return read;
  }

  return {
    push(bytes) {
      const reads: Uint8Array[] = [];
      for (const byte of bytes) {
        if (TERMINATORS.has(byte)) {
          reads.push(...end());
        } else if (length < lengthMax) {
          buffer[length] = byte;
          length += 1;
        } else {
          tooLong = true;
        }
      }
      return reads;
    },
    silence: end,
    reset() {
      length = 0;
      tooLong = false;
    },
    get held() {
      return length;
    },
  };
}
