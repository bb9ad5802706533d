/** Why a file cannot be audited at all: that is another answer than "broken". */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}
