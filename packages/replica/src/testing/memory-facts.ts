import type { CoveredRow, LocalFacts, LocalRow } from '../live/local-facts.ts';

/** A register's own sales as a ledger would hold them: the journal never forgets, rows go when they are covered. */
export class MemoryFacts implements LocalFacts {
  readonly register = 'DUB1-1';
  readonly store = 'DUB1';
  readonly journal: LocalRow[] = [];
  held: LocalRow[] = [];
  life: string | null = null;
  derivations = 0;

  /** A sale of so many pieces of one item. */
  sell(itemId: string, quantity: number, epoch = 1): LocalRow {
    const seq = this.journal.filter((row) => row.epoch === epoch && row.kind === 'order').length + 1;
    const number = `DUB1-1-${epoch}-${String(seq).padStart(6, '0')}`;
    const at = new Date(Date.UTC(2026, 2, 2, 9, 0, this.journal.length)).toISOString();
    const order = { entityId: `${this.register}.${epoch}.${seq}`, json: JSON.stringify({ body: { number, at } }) };
    const moved = { location: this.store, quantity: -quantity, unit: 'EA' };
    const rows = [
      { kind: 'stock', entityId: itemId, epoch, seq, json: JSON.stringify(moved) },
      { kind: 'order', epoch, seq, ...order },
    ];
    this.journal.push(...rows);
    this.held.push(...rows);
    return rows[1] as LocalRow;
  }

  rows(kind: string, entityId?: string): readonly LocalRow[] {
    return this.held.filter((row) => row.kind === kind && (entityId === undefined || row.entityId === entityId));
  }

  remove(covered: readonly CoveredRow[]): void {
    const isCovered = (row: LocalRow): boolean =>
      covered.some(
        ({ kind, entityId, epoch, seq }) =>
          row.kind === kind && row.entityId === entityId && row.epoch === epoch && row.seq <= seq,
      );
    this.held = this.held.filter((row) => !isCovered(row));
  }

  prunedFor(): string | null {
    return this.life;
  }

  async deriveAnew(life: string): Promise<void> {
    this.derivations += 1;
    this.held = [...this.journal];
    this.life = life;
  }
}
