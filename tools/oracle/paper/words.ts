/** The words on paper that the judge goes by. They stand here once more on purpose: whoever changes the paper shall notice. */
export const words = {
  duplicate: /\bDUPLICATE\b/,
  reprinted: /REPRINTED AFTER INTERRUPTION/,
  total: /^\s*TOTAL\b/m,
  xReport: /^\s*X REPORT\b/m,
  zReport: /^\s*Z REPORT\b/m,
  zNumber: /^\s*Z REPORT\b[^\d]*/m,
  zTotal: /^\s*Sales total\b/,
  expected: /^\s*Expected\b/,
  counted: /^\s*Counted\b/,
  grandTotal: /^\s*GRAND TOTAL\b/,
} as const;
