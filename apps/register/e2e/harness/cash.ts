const DENOMINATIONS_MINOR = [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

/** An amount in as few notes and coins as possible. */
export function fewestPieces(amountMinor: number): Record<number, number> {
  const pieces: Record<number, number> = {};
  let leftMinor = amountMinor;
  for (const denominationMinor of DENOMINATIONS_MINOR) {
    const count = Math.floor(leftMinor / denominationMinor);
    if (count > 0) pieces[denominationMinor] = count;
    leftMinor -= count * denominationMinor;
  }
  return pieces;
}

/** Money as printed or shown: all digits of its currency, so the digits alone are the minor units. */
export const minorOf = (text: string): number => Number(text.replace(/\D/g, ''));
