import { itemSizeBytes } from './attribute-value.ts';
import type { Item } from './attribute-value.ts';
import { ItemStore } from './item-store.ts';
import { query } from './query.ts';
import type { QueryInput, QueryOutput } from './query.ts';
import { keyOfRequest } from './table-definition.ts';
import type { TableDefinition } from './table-definition.ts';
import { ConditionFault, TableFault, TransactionFault, ValidationFault } from './table-fault.ts';
import type { CancellationReason } from './table-fault.ts';
import { meetsPlan, planWrite } from './write-action.ts';
import type { WritePlan, WriteRequest } from './write-action.ts';
import type { WriteTurn } from './write-turn.ts';
import type { SqliteDatabase } from '@evertill/sqlite';

export type TransactWrite = WriteRequest & {
  table: string;
  /** Puts the item as it is into the cancellation reason. */
  returnItemOnFailure?: boolean;
};

/** A put without a condition that the table takes: what is left to do is to write it. */
export interface PlannedPut {
  readonly table: TableDefinition;
  readonly plan: WritePlan;
}

interface Written {
  table: TableDefinition;
  after: Item | undefined;
}

/** Hears of every item that was put or updated, after it is durable: what a DynamoDB stream says. Must not throw. */
export type WriteListener = (tableName: string, item: Item) => void;

/** Amazon DynamoDB API Reference, "TransactWriteItems". */
export const TRANSACTION_WRITES_MAX = 100;
const TRANSACTION_BYTES_MAX = 4 * 1024 * 1024;
const BATCH_KEYS_MAX = 100;

/**
 * The DynamoDB operations that resolvers of this product use, on one SQLite file: nothing else is offered. Each call is durable when
 * it returns, because the file is opened with `synchronous = FULL`, and every read is consistent.
 *
 * Throws `TableFault` for the answers DynamoDB gives, and `SqliteFault` when the disk does not serve.
 */
export class Tables {
  readonly #store: ItemStore;
  readonly #definitions: ReadonlyMap<string, TableDefinition>;
  readonly #listeners = new Set<WriteListener>();
  /** What a group has written, until it is durable. */
  #untold: Written[] | undefined;

  /** `turn`: where other threads write to the same file. */
  constructor(db: SqliteDatabase, definitions: readonly TableDefinition[], turn?: WriteTurn) {
    this.#store = new ItemStore(db, turn);
    this.#definitions = new Map(definitions.map((definition) => [definition.name, definition]));
  }

  getItem(tableName: string, key: Item): Item | undefined {
    const table = this.#table(tableName);
    return this.#store.read(table, keyOfRequest(table, key));
  }

  /** In the order of `keys`, `undefined` for those that are not there. */
  batchGetItems(tableName: string, keys: readonly Item[]): (Item | undefined)[] {
    if (keys.length < 1 || keys.length > BATCH_KEYS_MAX)
      throw new ValidationFault('Too many items requested for the BatchGetItem call');
    return keys.map((key) => this.getItem(tableName, key));
  }

  query(tableName: string, input: QueryInput): QueryOutput {
    return query(this.#store, this.#table(tableName), input);
  }

  /** One conditional write; answers the item before and after. Throws `ConditionFault` with the item as it is. */
  write(tableName: string, request: WriteRequest): { before: Item | undefined; after: Item | undefined } {
    const table = this.#table(tableName);
    const plan = planWrite(table, request);
    const written = this.#store.transaction(() => {
      const before = this.#store.read(table, plan.key);
      if (!meetsPlan(plan, before)) throw new ConditionFault(before);
      const after = plan.next(before);
      this.#carryOut(table, plan, after);
      return { before, after };
    });
    this.#tell([{ table, after: written.after }]);
    return written;
  }

  /** All or nothing. Conditions see the items as they were before. Throws `TransactionFault` with a reason for each write. */
  transactWrite(writes: readonly TransactWrite[]): void {
    if (writes.length < 1 || writes.length > TRANSACTION_WRITES_MAX) {
      throw new ValidationFault(
        `A transaction has 1 to ${TRANSACTION_WRITES_MAX} writes; this one has ${writes.length}`,
      );
    }
    const plans = writes.map((write) => ({
      write,
      table: this.#table(write.table),
      plan: planWrite(this.#table(write.table), write),
    }));
    refuseSameItemTwice(plans);
    const written = this.#store.transaction(() => {
      const befores = plans.map(({ table, plan }) => this.#store.read(table, plan.key));
      const outcomes = plans.map(({ plan, write }, index) =>
        outcomeOf(plan, befores[index], write.returnItemOnFailure ?? false),
      );
      const reasons = outcomes.map(({ reason }) => reason);
      if (reasons.some(({ code }) => code !== 'None')) throw new TransactionFault(reasons);
      const bytes = outcomes.reduce((sum, { after }) => sum + (after ? itemSizeBytes(after) : 0), 0);
      if (bytes > TRANSACTION_BYTES_MAX)
        throw new ValidationFault('Collection size of the transaction has exceeded 4 MB');
      plans.forEach(({ table, plan }, index) => this.#carryOut(table, plan, outcomes[index]?.after));
      return plans.map(({ table }, index) => ({ table, after: outcomes[index]?.after }));
    });
    this.#tell(written);
  }

  /**
   * Writes that become durable together, with one fsync. Each is still all or nothing by itself: one that is refused has written nothing,
   * and `work` may go on after it. A throw out of `work` takes all of them back.
   */
  group<T>(work: () => T): T {
    if (this.#untold) throw new Error('Groups do not nest');
    const untold: Written[] = [];
    this.#untold = untold;
    try {
      const result = this.#store.transaction(work);
      this.#untold = undefined;
      this.#tell(untold);
      return result;
    } finally {
      this.#untold = undefined;
    }
  }

  /** Throws `ValidationFault` for an item that `write` would refuse. */
  planPut(tableName: string, item: Item): PlannedPut {
    const table = this.#table(tableName);
    return { table, plan: planWrite(table, { kind: 'put', item }) };
  }

  /** Writes any number of planned puts, all or nothing. */
  carryOut(puts: readonly PlannedPut[]): void {
    const written = this.#store.transaction(() =>
      puts.map(({ table, plan }) => {
        const after = plan.next(undefined);
        this.#carryOut(table, plan, after);
        return { table, after };
      }),
    );
    this.#tell(written);
  }

  /** Every item of a table in the order of keys: for projectors' proofs and audits. */
  items(tableName: string): IterableIterator<Item> {
    return this.#store.all(this.#table(tableName));
  }

  /** Tells the listeners of an item that another connection wrote; its key is what they go by. */
  heard(tableName: string, item: Item): void {
    for (const listener of this.#listeners) listener(tableName, item);
  }

  /** Answers how to stop listening. */
  listen(listener: WriteListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(written: readonly Written[]): void {
    if (this.#untold) {
      this.#untold.push(...written);
      return;
    }
    for (const { table, after } of written) {
      if (after) this.heard(table.name, after);
    }
  }

  #carryOut(table: TableDefinition, plan: WritePlan, after: Item | undefined): void {
    if (plan.kind === 'delete') this.#store.remove(table, plan.key);
    else if (after) this.#store.write(table, plan.key, after);
  }

  #table(name: string): TableDefinition {
    const table = this.#definitions.get(name);
    if (!table) throw new TableFault('ResourceNotFoundException', `Requested resource not found: ${name}`);
    return table;
  }
}

function outcomeOf(
  plan: WritePlan,
  before: Item | undefined,
  returnItem: boolean,
): { reason: CancellationReason; after?: Item } {
  if (!meetsPlan(plan, before)) {
    const reason: CancellationReason = { code: 'ConditionalCheckFailed', message: 'The conditional request failed' };
    if (returnItem && before) reason.item = before;
    return { reason };
  }
  try {
    const after = plan.next(before);
    return { reason: { code: 'None' }, ...(after && { after }) };
  } catch (error) {
    if (!(error instanceof ValidationFault)) throw error;
    return { reason: { code: 'ValidationError', message: error.message } };
  }
}

function refuseSameItemTwice(plans: readonly { table: TableDefinition; plan: WritePlan }[]): void {
  const places = plans.map(
    ({ table, plan }) => `${table.name}\0${plan.key.pk.toString('hex')}\0${plan.key.sk.toString('hex')}`,
  );
  if (new Set(places).size !== places.length) {
    throw new ValidationFault('Transaction request cannot include multiple operations on one item');
  }
}
