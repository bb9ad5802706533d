/** The date on the wall at the register, `YYYY-MM-DD`: the instant moved by the offset of its local time. */
export function localDate(atMs: number, tzOffsetMin: number): string {
  return new Date(atMs + tzOffsetMin * 60_000).toISOString().slice(0, 10);
}

/** The business date that a till opened now belongs to (L3): never before the one the journal already has. */
export function nextBusinessDate(current: string | null, atMs: number, tzOffsetMin: number): string {
  const today = localDate(atMs, tzOffsetMin);
  return current !== null && current > today ? current : today;
}
