/**
 * What a printer says. `status` answers DLE EOT (which of the four is known by order only), `cut-count` answers GS g 2,
 * `process-id` answers GS ( H.
 */
export type PrinterAnswer =
  | { kind: 'status'; byte: number }
  | { kind: 'cut-count'; cuts: number }
  | { kind: 'process-id'; processId: string };

/** The longest block that is listened to; the rest of a longer one is dropped. */
const BLOCK_BYTES_MAX = 96;

const COUNTER_HEADER = 0x5f;
const BLOCK_HEADER = 0x37;
const PROCESS_ID = 0x22;

/**
 * Reads the printer's bytes, however they are cut. Blocks run from a header to NUL; a status is one byte with fixed bits
 * (0xx1xx10). Everything else (XON, XOFF, automatic status, noise) is passed over.
 */
export function answerReader(): { read(bytes: Uint8Array): PrinterAnswer[]; reset(): void } {
  let block: number[] | null = null;

  function take(byte: number): PrinterAnswer | null {
    if (block === null) {
      if (byte === COUNTER_HEADER || byte === BLOCK_HEADER) block = [byte];
      else if ((byte & 0x93) === 0x12) return { kind: 'status', byte };
      return null;
    }
    if (byte !== 0) {
      if (block.length < BLOCK_BYTES_MAX) block.push(byte);
      else block = null;
      return null;
    }
    const ended = block;
    block = null;
    return answerOf(ended);
  }

  return {
    read(bytes) {
      const answers: PrinterAnswer[] = [];
      for (const byte of bytes) {
        const answer = take(byte);
        if (answer !== null) answers.push(answer);
      }
      return answers;
    },
    reset() {
      block = null;
    },
  };
}

function answerOf([header, ...body]: number[]): PrinterAnswer | null {
  const text = String.fromCharCode(...body);
  if (header === COUNTER_HEADER) return /^[0-9]{1,10}$/.test(text) ? { kind: 'cut-count', cuts: Number(text) } : null;
  if (body[0] === PROCESS_ID && body.length === 5) return { kind: 'process-id', processId: text.slice(1) };
  return null;
}
