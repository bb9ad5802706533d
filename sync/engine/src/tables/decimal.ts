import { ValidationFault } from './table-fault.ts';

/** ± digits × 10^exponent. `digits` has neither leading nor trailing zeros; zero is `0n` with exponent 0. */
export interface Decimal {
  coefficient: bigint;
  exponent: number;
}

const DIGITS_MAX = 38;
/** The position of the first digit: DynamoDB stores 1E-130 to 9.99…E125. */
const MAGNITUDE_MIN = -130;
const MAGNITUDE_MAX = 125;

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Longer texts are refused before any arithmetic is done on them. */
const TEXT_CHARS_MAX = 400;

/** Reads a number as DynamoDB does. Throws `ValidationFault` for what is no number, or is out of its range or precision. */
export function parseDecimal(text: string): Decimal {
  const parts = text.length <= TEXT_CHARS_MAX ? NUMBER.exec(text) : null;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = parts ?? [];
  if (!parts || whole + fraction === '') throw notANumber(text);
  const decimal = normalised(
    BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`),
    Number(exponentText) - fraction.length,
  );
  return withinRange(decimal);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return withinRange(normalised(scaled(a, exponent) + scaled(b, exponent), exponent));
}

export function negated(decimal: Decimal): Decimal {
  return { coefficient: -decimal.coefficient, exponent: decimal.exponent };
}

/** The text DynamoDB answers with: plain digits, no exponent. */
export function decimalText({ coefficient, exponent }: Decimal): string {
  const sign = coefficient < 0n ? '-' : '';
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString();
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  const padded = digits.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

/** Bytes whose order is the numbers' order, and which are equal exactly for equal numbers. */
export function decimalKey({ coefficient, exponent }: Decimal): Buffer {
  if (coefficient === 0n) return Buffer.from([0x80]);
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString();
  // The magnitude stands first because it decides; the offset keeps it positive.
  const magnitude = digits.length + exponent + 0x4000;
  const positive = Buffer.concat([Buffer.from([magnitude >> 8, magnitude & 0xff]), Buffer.from(digits, 'ascii')]);
  if (coefficient > 0n) return Buffer.concat([Buffer.from([0x81]), positive]);
  // Inverted, and closed with a byte above all digits, so that -12 comes before -1.
  return Buffer.concat([Buffer.from([0x7f]), Buffer.from(positive.map((byte) => 0xff - byte)), Buffer.from([0xff])]);
}

function scaled(decimal: Decimal, exponent: number): bigint {
  return decimal.coefficient * 10n ** BigInt(decimal.exponent - exponent);
}

function normalised(coefficient: bigint, exponent: number): Decimal {
  if (coefficient === 0n) return { coefficient: 0n, exponent: 0 };
  const text = coefficient.toString();
  const significant = text.replace(/0+$/, '');
  return { coefficient: BigInt(significant), exponent: exponent + text.length - significant.length };
}

function withinRange(decimal: Decimal): Decimal {
  if (decimal.coefficient === 0n) return decimal;
  const digits = decimal.coefficient.toString().replace('-', '').length;
  const magnitude = digits + decimal.exponent - 1;
  if (magnitude > MAGNITUDE_MAX) {
    throw new ValidationFault(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if (magnitude < MAGNITUDE_MIN) {
    throw new ValidationFault(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  if (digits > DIGITS_MAX) throw new ValidationFault('Attempting to store more than 38 significant digits in a Number');
  return decimal;
}

function notANumber(text: string): ValidationFault {
  return new ValidationFault(`The parameter cannot be converted to a numeric value: ${text.slice(0, 60)}`);
}
