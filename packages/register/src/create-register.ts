import type { AnswerOf, CommandName, ParamsOf } from './commands.ts';
import { tillView } from './day/till.ts';
import { deviceChanged, jobChanged, lastSaleView } from './devices/print-jobs.ts';
import { safetyView, showSafety } from './devices/safety.ts';
import { serverView, unifiedChanged, type UnifiedChange } from './devices/server.ts';
import type { KnownPrintJob, RegisterNeeds } from './needs.ts';
import { recover } from './recover.ts';
import { refused, type Outcome } from './refusal.ts';
import { requeuePrintJob } from './sell/reprint.ts';
import { letGoOfEnded } from './sell/resume.ts';
import { routeScan, type Scan } from './sell/scan.ts';
import { suspendedViews } from './sell/open-transaction.ts';
import { transactionView } from './sell/transaction-view.ts';
import { unlessItFails } from './shell/journal.ts';
import { rereadLedger } from './shell/reread.ts';
import { CommandQueue } from './shell/command-queue.ts';
import { DraftKeeper } from './shell/draft-keeper.ts';
import { SnapshotBoard, type SnapshotListener } from './shell/snapshot-board.ts';
import { storageRefusal } from './shell/storage-refusal.ts';
import type { Memory, Workplace } from './shell/workplace.ts';
import { sessionView } from './staff/sign-on.ts';
import { loadStore, registerView, settingsFor } from './store-profile.ts';
import { forbidden, useCases } from './use-cases.ts';
import type { DeviceView, SnapshotName, Snapshots } from './views.ts';

/** The register's use cases: one command after another, each wholly done or wholly not. */
export type Register = {
  /** Never rejects: what went wrong is in the outcome. Parameters are checked by the caller's contract. */
  handle<N extends CommandName>(name: N, params: ParamsOf<N>): Promise<Outcome<AnswerOf<N>>>;
  /** A scan from a device; resolves when it was dealt with. Refusals become notices. */
  scan(scan: Scan): Promise<void>;
  snapshot<N extends SnapshotName>(name: N): Snapshots[N];
  onSnapshot(listener: SnapshotListener): () => void;
  deviceChanged(device: DeviceView): void;
  printJobChanged(job: KnownPrintJob): void;
  /** A job whose paper nobody can vouch for prints once more, marked and recorded. @throws the ledger's fault; nothing changed then. */
  requeuePrintJob(jobId: string, reason: string): void;
  /** The ledger's second copy caught up, or failed. */
  safetyChanged(): void;
  /** The unified view has news: of orders, of stock, of what others put aside, or of the server itself. */
  unifiedChanged(change: UnifiedChange): void;
  /** Finishes what waits and writes the open draft. Throws the ledger's fault if that cannot be. */
  dispose(): Promise<void>;
};

/**
 * Opens the register on what its ledger holds.
 *
 * @throws RegisterFault `store-unknown`; faults of the ledger as they are.
 */
export async function createRegister(needs: RegisterNeeds): Promise<Register> {
  const workplace = openWorkplace(needs, recover(needs, await loadStore(needs)));
  const queue = new CommandQueue();
  let disposed = false;

  const offStatus = needs.catalog.onStatus(() => {
    const before = workplace.board.get('catalog').version;
    workplace.board.show('catalog', needs.catalog.status());
    const { version } = needs.catalog.status();
    if (version === before) return;
    if (before !== null) workplace.notify('info', 'catalog-updated', version);
    void queue.run('command', () => refreshStore(workplace));
  });

  return {
    async handle(name, params) {
      if (disposed) return refused('too-busy');
      const useCase = useCases[name];
      const work = () =>
        attempt(workplace, name, async () => forbidden(workplace, useCase) ?? useCase.run(workplace, params));
      return useCase.aside ? work() : (queue.run('command', work) ?? refused('too-busy'));
    },
    async scan(scan) {
      if (disposed) return;
      const routed = queue.run('scan', async () => {
        try {
          await routeScan(workplace, scan);
        } catch (error) {
          needs.onFault('scan', error);
          workplace.notify('error', 'refused', storageRefusal(error).error.code);
        }
      });
      if (routed) await routed;
      else workplace.notify('error', 'refused', 'too-busy');
    },
    snapshot: (name) => workplace.board.get(name),
    onSnapshot: (listener) => workplace.board.onShown(listener),
    deviceChanged: (device) => deviceChanged(workplace, device),
    printJobChanged: (job) => jobChanged(workplace, job),
    requeuePrintJob: (jobId, reason) => requeuePrintJob(workplace, jobId, reason),
    safetyChanged: () => showSafety(workplace),
    unifiedChanged(change) {
      if (disposed) return;
      unifiedChanged(workplace, change);
      if (change !== 'suspended' || (needs.unified?.endedElsewhere().length ?? 0) === 0) return;
      // In turn with the commands: one of them may be taking the same transaction up.
      void queue.run('command', async () => unlessItFails(workplace, 'suspended', () => letGoOfEnded(workplace)));
    },
    async dispose() {
      disposed = true;
      offStatus();
      await queue.idle();
      try {
        workplace.drafts.flush();
      } finally {
        workplace.drafts.forget();
        workplace.board.dispose();
      }
    },
  };
}

function openWorkplace(needs: RegisterNeeds, memory: Memory): Workplace {
  let notices = 0;
  const board = new SnapshotBoard(firstSnapshots(needs, memory), (error) => needs.onFault('snapshot', error));
  const notify: Workplace['notify'] = (tone, code, detail = null) => {
    notices += 1;
    board.show('notice', { noticeId: notices, tone, code, detail });
  };
  const drafts = new DraftKeeper({
    ledger: needs.ledger,
    timers: needs.timers,
    onFault(error) {
      needs.onFault('draft', error);
      notify('error', 'refused', storageRefusal(error).error.code);
    },
  });
  return { needs, memory, board, drafts, notify };
}

function firstSnapshots(needs: RegisterNeeds, memory: Memory): Snapshots {
  return {
    register: registerView(needs, memory.store, memory.settings),
    session: sessionView(needs, memory),
    till: tillView(memory),
    transaction: transactionView(memory.transaction, memory.settings),
    lastSale: lastSaleView(memory.lastSale, memory.jobs, needs.ledger),
    suspended: suspendedViews(needs, memory.suspended),
    devices: { devices: [], jobs: memory.jobs.map((job) => ({ ...job })) },
    catalog: needs.catalog.status(),
    safety: safetyView(needs),
    server: serverView(needs),
    changes: { orders: 0, stock: 0 },
    notice: null,
  };
}

/** Errors end here: a fault of the disk is an answer, and nothing had changed; anything else is told besides. */
async function attempt<T>(
  workplace: Workplace,
  name: CommandName,
  work: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    workplace.needs.onFault(name, error);
    unlessItFails(workplace, 'reread', () => rereadLedger(workplace));
    return storageRefusal(error);
  }
}

/** A new catalog may bring a new name or address; what money rests on changes between till sessions only. */
async function refreshStore(workplace: Workplace): Promise<void> {
  const { needs, memory, board } = workplace;
  try {
    const store = await loadStore(needs);
    const moneyChanges = store.currency !== memory.store.currency || store.taxIncluded !== memory.store.taxIncluded;
    if (moneyChanges && (memory.till || memory.transaction)) return;
    memory.store = store;
    memory.settings = settingsFor(store.currency, needs.settings);
    board.show('register', registerView(needs, store, memory.settings));
  } catch (error) {
    needs.onFault('store', error);
  }
}
