/**
 * `amount × numerator ÷ denominator`, rounded half away from zero (M1). Exact: intermediate products do not lose digits.
 *
 * @throws RangeError when the result is not a safe integer or the denominator is not positive: limits are checked before money is scaled.
 */
export function scaleAmount(amountMinor: number, numerator: number, denominator: number): number {
  if (denominator <= 0) throw new RangeError(`denominator ${denominator}`);
  const product = BigInt(amountMinor) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const magnitude = product < 0n ? -product : product;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  const result = Number(product < 0n ? -rounded : rounded);
  if (!Number.isSafeInteger(result))
    throw new RangeError(`${amountMinor} × ${numerator} ÷ ${denominator} is too large`);
  return result;
}
