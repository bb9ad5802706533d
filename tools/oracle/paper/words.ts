/** The words on paper that the judge goes by. They stand here once more on purpose: whoever changes the paper shall notice. */
export const words = {
  duplicate: /\bDUPLICATE\b/,
  reprinted: /REPRINTED AFTER INTERRUPTION/,
  total: /^\s*TOTAL\b/m,
  xReport: /^\s*X REPORT\b/m,
  zReport: /^\s*Z REPORT\b/m,
  zNumber: /^\s*Z REPORT\b[^\d]*/m,
  zTotal: /^\s*TOTAL\b/,
  expected: /^\s*Expected\b/i,
  counted: /^\s*Counted\b/i,
  grandTotal: /^\s*Grand total\b/i,
} as const;
