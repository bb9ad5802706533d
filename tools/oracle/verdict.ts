/** What the judge found wrong, one entry per thing. `figure` says which figure of the verdict it counts towards. */
export type Finding = {
  figure: 'lost' | 'doubled' | 'altered' | 'zEqualsJournal' | 'receiptNumbersGapless' | 'chainVerifies';
  code: string;
  what: string;
};

/** A sale that whoever drove the register saw acknowledged on the screen. */
export type Acknowledged = {
  /** As shown and printed, e.g. `berlin-1-1-000042`: ends in epoch and receipt number. */
  receiptLabel: string;
  totalMinor: number;
};

/** The figures that a register may not compute about itself. All zero and true is the only good verdict. */
export type Verdict = {
  /** Acknowledged or printed, and not in the journal; or in the journal, and never printed. */
  lost: number;
  /** In the journal more than once, or more than one original on paper. */
  doubled: number;
  /** Another amount than acknowledged, or on paper another than in the journal; or sums inside a sale that do not add up. */
  altered: number;
  zEqualsJournal: boolean;
  receiptNumbersGapless: boolean;
  chainVerifies: boolean;
  /** What the verdict rests on: a verdict over nothing proves nothing. */
  counts: {
    records: number;
    sales: number;
    voids: number;
    zReports: number;
    acknowledged: number;
    slips: number;
    originals: number;
    marked: number;
    drawerKicks: number;
  };
  findings: Finding[];
};

export const finding = (figure: Finding['figure'], code: string, what: string): Finding => ({ figure, code, what });
