import { words } from './words.ts';
import { scanBytes } from './scan-bytes.ts';

/** One piece of paper, or what is left of one. */
export type Slip = {
  kind: 'receipt' | 'x-report' | 'z-report' | 'other';
  /** Cut off at its end; a torn one is what an interruption left. */
  whole: boolean;
  /** Says about itself that it is not the original. */
  mark: 'duplicate' | 'reprinted' | null;
  /** Only receipts: the last two numbers of the label, e.g. `berlin-1-r1-1-000042`. */
  epoch: number;
  receiptNumber: number;
  lines: string[];
};

export type Paper = { slips: Slip[]; drawerKicks: number };

/** Reads the bytes that a printer was sent and says what lies on the counter. */
export function readPaper(bytes: Uint8Array): Paper {
  const paper: Paper = { slips: [], drawerKicks: 0 };
  let lines: string[] = [];
  let label: string | null = null;
  const endSlip = (whole: boolean): void => {
    if (lines.length > 0 || label !== null) paper.slips.push(slipOf(lines, label, whole));
    lines = [];
    label = null;
  };
  for (const event of scanBytes(bytes)) {
    if (event.kind === 'line') lines.push(event.text);
    else if (event.kind === 'barcode') label = event.text;
    else if (event.kind === 'kick') paper.drawerKicks += 1;
    else endSlip(event.kind === 'cut');
  }
  endSlip(false);
  return paper;
}

function slipOf(lines: string[], barcode: string | null, whole: boolean): Slip {
  const text = lines.join('\n');
  const number = /-(\d+)-(\d+)\s*$/.exec(barcode ?? '') ?? /\b\S+-(\d+)-(\d{6,})\b/.exec(text);
  const isZ = words.zReport.test(text);
  const isX = words.xReport.test(text);
  return {
    kind: isZ ? 'z-report' : isX ? 'x-report' : number && words.total.test(text) ? 'receipt' : 'other',
    whole,
    mark: words.reprinted.test(text) ? 'reprinted' : words.duplicate.test(text) ? 'duplicate' : null,
    epoch: number && !isZ && !isX ? Number(number[1]) : Number.NaN,
    receiptNumber: number && !isZ && !isX ? Number(number[2]) : Number.NaN,
    lines,
  };
}

/**
 * The amount at the end of the first line that starts with the word, in minor units: money is printed with all of its digits, so that they alone
 * are the number. `NaN` where there is none.
 */
export function amountAt(slip: Slip, word: RegExp): number {
  for (const line of slip.lines) {
    const found = word.exec(line);
    if (found) return amountIn(line.slice(found.index + found[0].length));
  }
  return Number.NaN;
}

function amountIn(text: string): number {
  const digits = text.replace(/\D/g, '');
  if (digits === '') return Number.NaN;
  return /[-\u2212\u2013]/.test(text) ? -Number(digits) : Number(digits);
}
