/**
 * A code page as three parties know it: `name` is node-thermal-printer's, `encoding` is iconv's, and the printer's own number
 * follows from the name. Only pages with one byte a character.
 */
export type CodePage = { name: CodePageName; encoding: string };

export type CodePageName =
  | 'PC437_USA'
  | 'PC737_GREEK'
  | 'PC850_MULTILINGUAL'
  | 'PC852_LATIN2'
  | 'PC857_TURKISH'
  | 'PC858_EURO'
  | 'PC866_CYRILLIC2'
  | 'WPC1252';

/** What one model of printer can do. Plain JSON: the set-up wizard stores it. */
export type PrinterProfile = {
  name: string;
  /** The page that a text starts in, then those that are tried for characters it lacks. */
  codePages: readonly [CodePage, ...CodePage[]];
  /** Answers DLE EOT. Without it the paper-out of a printer goes unnoticed and every job is believed. */
  answersStatus: boolean;
  /** Answers `GS ( H` when what was sent before is on paper. */
  confirmsJobs: boolean;
  /** Answers `GS g 2` with the number of cuts: what decides after a crash whether a job came out. */
  countsCuts: boolean;
  /** From the last printed line to the knife. */
  feedBeforeCutLines: number;
};

const WESTERN: PrinterProfile['codePages'] = [
  { name: 'PC858_EURO', encoding: 'CP858' },
  { name: 'WPC1252', encoding: 'CP1252' },
  { name: 'PC852_LATIN2', encoding: 'CP852' },
  { name: 'PC857_TURKISH', encoding: 'CP857' },
  { name: 'PC737_GREEK', encoding: 'CP737' },
  { name: 'PC866_CYRILLIC2', encoding: 'CP866' },
];

/** Epson's TM series and what imitates it fully. */
export const epsonProfile: PrinterProfile = {
  name: 'Epson TM',
  codePages: WESTERN,
  answersStatus: true,
  confirmsJobs: true,
  countsCuts: true,
  feedBeforeCutLines: 4,
};

/** ESC/POS without a way back: what a cheap printer, a one-way adapter or a plain file gives. */
export const oneWayProfile: PrinterProfile = {
  name: 'ESC/POS, one way',
  codePages: [
    { name: 'PC858_EURO', encoding: 'CP858' },
    { name: 'PC437_USA', encoding: 'CP437' },
  ],
  answersStatus: false,
  confirmsJobs: false,
  countsCuts: false,
  feedBeforeCutLines: 4,
};
