import type { Projection } from '@evertill/api';
import { z } from 'zod';
import { itemOf, plainItem } from '../sources/plain-value.ts';
import type { Item } from '../tables/attribute-value.ts';
import type { Tables } from '../tables/tables.ts';
import { journalOf, nextSegments, projectRecords } from './project-segment.ts';
import type { JournalPlace, PassedOver } from './project-segment.ts';
import { ViewBatch } from './view-batch.ts';
import { ViewStore } from './view-store.ts';
import type { ScopeMoved } from './view-store.ts';

export interface ProjectorOptions {
  tables: Tables;
  projections: readonly Projection[];
  /** A name for a view that begins now: it sorts after every earlier one. */
  newPeriod: () => string;
  onMoved: (tenant: string, moved: readonly ScopeMoved[]) => void;
  onPassedOver: (passedOver: PassedOver) => void;
  /** The disk did not serve; the projector tries again. */
  onFault: (error: unknown) => void;
}

const RETRY_MS = 1_000;
/** What is taken together is in memory until it is written, and its writing holds the lock: a few milliseconds. */
const BATCH_SEGMENTS_MAX = 32;
const BATCH_RECORDS_MAX = 100;
/** Of one journal: its long backlog does not keep the others waiting. */
const JOURNAL_SEGMENTS_MAX = 4;
const segmentPlace = /^segment#(\d+)#/;
const headPlace = /^head#(\d+)$/;
const viewRow = z.object({ version: z.number(), period: z.string() });

/**
 * Keeps every projection up with the ledger: per journal in order, some segments of some journals at a time, giving way to requests in between. It hears of
 * new segments from the table itself, and looks through all journals when it starts, so nothing depends on having been told.
 */
export class Projector {
  readonly #options: ProjectorOptions;
  readonly #pending = new Map<string, JournalPlace>();
  readonly #periods = new Map<string, string>();
  readonly #stopListening: () => void;
  #isRunning = false;
  #isClosed = false;
  #timer: NodeJS.Immediate | NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];

  constructor(options: ProjectorOptions) {
    this.#options = options;
    const { tables, projections } = options;
    if (projections.some((projection) => isOutdated(tables, projection))) forgetViews(tables);
    for (const projection of projections) this.#periods.set(projection.name, periodOf(options, projection));
    this.#stopListening = options.tables.listen((tableName, item) => {
      if (tableName === 'ledger') this.#wake(placeIn(item, segmentPlace));
    });
    for (const item of options.tables.items('ledger')) this.#wake(placeIn(item, headPlace));
  }

  /** Resolves when everything that is in the ledger now has been projected. */
  settled(): Promise<void> {
    if (!this.#isRunning) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    clearImmediate(this.#timer as NodeJS.Immediate);
    clearTimeout(this.#timer as NodeJS.Timeout);
  }

  #wake(place: JournalPlace | undefined): void {
    if (!place || this.#isClosed) return;
    this.#pending.set(`${place.tenant}#${place.register}.${place.epoch}`, place);
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#timer = setImmediate(() => this.#step());
  }

  #step(): void {
    if (this.#pending.size === 0) {
      this.#isRunning = false;
      for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    const taken: [string, JournalPlace][] = [];
    try {
      const batch = this.#projectBatch(taken);
      batch.views.write();
      batch.passedOver.forEach(this.#options.onPassedOver);
      for (const [tenant, moved] of batch.moved) this.#options.onMoved(tenant, latest(moved));
      this.#timer = setImmediate(() => this.#step());
    } catch (error) {
      // Nothing was written: the cursors are where they were.
      for (const [name, place] of taken) this.#pending.set(name, place);
      this.#options.onFault(error);
      this.#timer = setTimeout(() => this.#step(), RETRY_MS);
    }
  }

  #projectBatch(taken: [string, JournalPlace][]): Batch {
    const batch: Batch = { views: new ViewBatch(this.#options.tables), moved: new Map(), passedOver: [] };
    let [segments, records] = [0, 0];
    for (const [name, place] of [...this.#pending]) {
      if (segments >= BATCH_SEGMENTS_MAX || records >= BATCH_RECORDS_MAX) break;
      taken.push([name, place]);
      this.#pending.delete(name);
      const read = this.#projectJournal(place, batch);
      segments += read.segments.length;
      records += read.segments.reduce((sum, { length }) => sum + length, 0);
      // To the back of the queue.
      if (read.hasMore) this.#pending.set(name, place);
    }
    return batch;
  }

  /** Answers what was read of the journal. */
  #projectJournal(place: JournalPlace, batch: Batch): ReturnType<typeof nextSegments> {
    const { tables, projections } = this.#options;
    const journal = journalOf(place);
    const stores = projections.map((projection) => {
      const period = this.#periods.get(projection.name) as string;
      return { projection, views: new ViewStore(batch.views, place.tenant, projection.name, period) };
    });
    const fromSeq = Math.min(...stores.map(({ views }) => views.cursor(journal).seq)) + 1;
    const read = nextSegments(tables, place, fromSeq, JOURNAL_SEGMENTS_MAX);
    const records = read.segments.flat();
    for (const { projection, views } of stores) {
      const { moved, passedOver } = projectRecords(views, projection, journal, records);
      batch.passedOver.push(...passedOver);
      if (moved.length > 0) batch.moved.set(place.tenant, [...(batch.moved.get(place.tenant) ?? []), ...moved]);
    }
    return read;
  }
}

/** What is projected and not written yet. */
interface Batch {
  views: ViewBatch;
  moved: Map<string, ScopeMoved[]>;
  passedOver: PassedOver[];
}

/** Of each scope only how far it has moved in the end. */
function latest(moved: readonly ScopeMoved[]): ScopeMoved[] {
  return [...new Map(moved.map((one) => [`${one.collection}/${one.scope}`, one])).values()];
}

/** Rows of the ledger lie under `<tenant>#<register>`; neither holds a `#`. */
function placeIn(item: Item, shape: RegExp): JournalPlace | undefined {
  const { pk, sk } = plainItem(item);
  const epoch = shape.exec(String(sk))?.[1];
  const [tenant, register] = String(pk).split('#');
  return epoch === undefined || !tenant || !register ? undefined : { tenant, register, epoch: Number(epoch) };
}

const VIEW_PARTITION = '#view';
const CLEARED_TOGETHER = 1_000;

function viewOf(tables: Tables, name: string): z.output<typeof viewRow> | undefined {
  const item = tables.getItem('views', itemOf({ pk: VIEW_PARTITION, sk: name }));
  return item && viewRow.parse(plainItem(item));
}

/** Whether another version of the projection made what is there. */
function isOutdated(tables: Tables, { name, version }: Projection): boolean {
  const view = viewOf(tables, name);
  return view !== undefined && view.version !== version;
}

/**
 * Takes everything away that projections have written. The rows that say which version made it go last, so that a crash in between
 * leaves it to be done again.
 */
export function forgetViews(tables: Tables): void {
  const keys: { pk: string; sk: string }[] = [];
  for (const item of tables.items('views')) {
    const { pk, sk } = plainItem(item);
    if (!String(pk).endsWith('#published')) keys.push({ pk: String(pk), sk: String(sk) });
  }
  const isViewRow = ({ pk }: { pk: string }): boolean => pk === VIEW_PARTITION;
  const inOrder = [...keys.filter((one) => !isViewRow(one)), ...keys.filter(isViewRow)];
  for (let at = 0; at < inOrder.length; at += CLEARED_TOGETHER) {
    tables.group(() => {
      for (const key of inOrder.slice(at, at + CLEARED_TOGETHER))
        tables.write('views', { kind: 'delete', key: itemOf(key) });
    });
  }
}

/** The period of a view, kept with it. */
function periodOf({ tables, newPeriod }: ProjectorOptions, { name, version }: Projection): string {
  const view = viewOf(tables, name);
  if (view) return view.period;
  const period = newPeriod();
  tables.write('views', { kind: 'put', item: itemOf({ pk: VIEW_PARTITION, sk: name, version, period }) });
  return period;
}
