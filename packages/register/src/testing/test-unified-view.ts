import type { SuspendedRecord } from '@evertill/retail';
import type { FoundOrder, OnHand, ResumeClaim, StockLevel, UnifiedView } from '../needs.ts';
import type { ServerView } from '../views.ts';

/** A unified view whose content a test sets. */
export class TestUnifiedView implements UnifiedView {
  stores = [
    { id: 'BER1', name: 'Berlin One' },
    { id: 'HAM1', name: 'Hamburg' },
  ];
  orders: FoundOrder[] = [];
  from: 'server' | 'here' = 'server';
  levels: StockLevel[] = [];
  suspended: SuspendedRecord[] = [];
  claim: () => Promise<ResumeClaim> = async () => ({ ok: true, claim: 'claim-1' });
  state: ServerView = { state: 'none' };
  readonly claimed: SuspendedRecord['by'][] = [];
  asked = 0;

  async findOrders(text: string, limit: number) {
    return { orders: this.orders.filter(({ number }) => number.includes(text)).slice(0, limit), from: this.from };
  }
  async stockOf(): Promise<readonly StockLevel[]> {
    return this.levels;
  }
  async onHandHere(itemIds: readonly string[]): Promise<ReadonlyMap<string, OnHand>> {
    const own = this.levels.find(({ storeId }) => storeId === 'BER1');
    return new Map(own ? itemIds.map((itemId) => [itemId, { quantity: own.onHand, unit: own.unit }]) : []);
  }
  suspendedElsewhere(): readonly SuspendedRecord[] {
    return this.suspended;
  }
  ended: SuspendedRecord['by'][] = [];
  endedElsewhere(): readonly SuspendedRecord['by'][] {
    return this.ended;
  }
  claimResume(by: SuspendedRecord['by']): Promise<ResumeClaim> {
    this.claimed.push(by);
    return this.claim();
  }
  server(): ServerView {
    return this.state;
  }
  askAgain(): void {
    this.asked += 1;
  }
}
