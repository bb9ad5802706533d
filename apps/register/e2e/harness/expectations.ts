/** @throws Error with both sides, for the person who reads the terminal. */
export function expectSame<T>(what: string, observed: T, expected: T): void {
  const [left, right] = [JSON.stringify(observed), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: ${left}, expected ${right}`);
}

/** @throws Error that says what was not seen. */
export function expectSeen<T>(what: string, observed: T): NonNullable<T> {
  if (!observed) throw new Error(`${what} was not seen`);
  return observed;
}
