/*
 * Commands of our own, from Epson's ESC/POS reference: those that ask the printer something, and those that
 * node-thermal-printer gets wrong (drawer pulse, QR data that is not ASCII).
 */

const ESC = 0x1b;
const GS = 0x1d;
const DLE = 0x10;
const EOT = 0x04;

/** DLE EOT n, answered at once even while the printer is off-line. 1 printer, 2 cause of off-line, 3 cause of error, 4 paper. */
export const STATUS_REQUESTS = [1, 2, 3, 4] as const;

export function statusRequest(): Uint8Array {
  return new Uint8Array(STATUS_REQUESTS.flatMap((n) => [DLE, EOT, n]));
}

/** ESC p m t1 t2: pulse on a drawer connector. Times go in units of 2 ms; the pause is fixed at 200 ms. */
export function drawerPulse({ pin, pulseMs }: { pin: 2 | 5; pulseMs: number }): Uint8Array {
  return new Uint8Array([ESC, 0x70, pin === 2 ? 0 : 1, Math.min(255, Math.round(pulseMs / 2)), 100]);
}

export const PROCESS_ID_LENGTH = 4;

/** GS ( H, function 48: answered with the same id when everything before it is on paper. */
export function processIdRequest(processId: string): Uint8Array {
  const id = [...processId].map((character) => character.charCodeAt(0));
  return new Uint8Array([GS, 0x28, 0x48, 6, 0, 48, 48, ...id]);
}

/** GS g 2 0 178: how often the knife ever cut. Answered in order with the data. */
export function cutCountRequest(): Uint8Array {
  return new Uint8Array([GS, 0x67, 0x32, 0, 178, 0]);
}

/** ESC @: modes and the line in the making are dropped. */
export function initialise(): Uint8Array {
  return new Uint8Array([ESC, 0x40]);
}

/** GS ( k function 180 of a QR code: its data. The length counts bytes, not characters. */
export function qrStore(value: Uint8Array): Uint8Array {
  const length = value.length + 3;
  return new Uint8Array([GS, 0x28, 0x6b, length % 256, Math.floor(length / 256), 0x31, 0x50, 0x30, ...value]);
}

/** GS ( k function 181: prints the QR code that was stored. */
export function qrPrint(): Uint8Array {
  return new Uint8Array([GS, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30]);
}

/** GS ( k functions 165, 167, 169: model 2, dots per module, error correction. */
export function qrSettings(moduleDots: number, correction: 'L' | 'M' | 'Q' | 'H'): Uint8Array {
  const level = 0x30 + 'LMQH'.indexOf(correction);
  const model = [GS, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0];
  const size = [GS, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots];
  const errorCorrection = [GS, 0x28, 0x6b, 3, 0, 0x31, 0x45, level];
  return new Uint8Array([...model, ...size, ...errorCorrection]);
}
