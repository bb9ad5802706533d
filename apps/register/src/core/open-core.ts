import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { PrintDocument } from '@evertill/driver-contract';
import { type ChainHead, signingKeyFromSeed } from '@evertill/journal';
import { fileHighWaterMark, type HighWaterMark, openLedger, type Ledger } from '@evertill/ledger';
import { createRegister, type Register, type UnifiedView } from '@evertill/register';
import { openReplica, type Replica } from '@evertill/replica';
import { verifyPin, type Enrolment } from '@evertill/enrolment';
import { catalogOfReplica } from './catalog-of-replica.ts';
import type { CoreConfig } from './core-config.ts';
import { CoreFault, faultCode } from './core-fault.ts';
import { openDevices, type Devices } from './open-devices.ts';
import { openEnrolment } from './open-enrolment.ts';
import { receiptsOfStore } from './receipts-of-store.ts';
import { startHousekeeping } from './housekeeping.ts';
import { openLine } from './sync/open-line.ts';
import { timeZoneOffset } from './time-zone-offset.ts';
import { trayOfCatalog, type TrayItem } from './tray-of-catalog.ts';

export type OpenCore = {
  register: Register;
  /** Goods for the virtual scanner's tray. */
  tray: TrayItem[];
  dispose(): Promise<void>;
};

export type CoreProgress = (step: 'opening' | 'seeding' | 'fetching' | 'catalog', done: number, total: number) => void;

/**
 * The composition root: opens enrolment, ledger, replica and devices, and joins them to the use cases. No rule lives here.
 *
 * `onFatal` is called when only a new core can go on. @throws CoreFault, LedgerFault; nothing was changed then.
 */
export async function openCore(
  config: CoreConfig,
  needs: { onProgress: CoreProgress; onFatal: () => void },
): Promise<OpenCore> {
  const { onProgress, onFatal } = needs;
  const joining = {
    key: signingKeyFromSeed(Buffer.from(config.signingSeedHex, 'hex')),
    nowMs: Date.now,
    newId: randomUUID,
    fetch: ((input, init) => fetch(input, init)) satisfies typeof fetch,
  };
  const { enrolment, publishedFolder, ownCatalog } = await openEnrolment(config, { ...joining, onProgress });
  onProgress('opening', 0, 0);
  const clock = { nowMs: Date.now, tzOffsetMin: storeOffset(enrolment.store.timeZone) };
  const mark = fileHighWaterMark(path.join(config.marksFolder, 'high-water.json'));
  const ledger = openRegisterLedger(config, enrolment, { clock, mark });
  let outgrownBy: ChainHead | null = null;
  // When the ledger has written its own mark: this one makes it begin a new epoch, so that no sequence is used twice.
  const noteOutgrown = (): void => (outgrownBy ? mark.write(outgrownBy) : undefined);
  const opened: { dispose(): Promise<void> | void }[] = [{ dispose: noteOutgrown }, ledger];
  try {
    const replica = await openCatalog(config, enrolment, publishedFolder, onProgress);
    opened.push(replica);
    let register: Register | null = null;
    let unified: UnifiedView | undefined;
    if (config.hub) {
      const hub = { ...joining, ...config.hub, folder: config.registerFolder, identity: identityOf(enrolment) };
      const line = await openLine({
        hub,
        enrolment,
        ledger,
        log,
        onChange: (change) => register?.unifiedChanged(change),
      });
      opened.push(line, { dispose: () => void (outgrownBy = line.outgrownBy()) });
      unified = line.unified;
      if (ownCatalog) opened.push(line.keepCatalog(publishedFolder, () => void replica.refresh()));
    }
    register = await openRegister(config, enrolment, { ledger, replica, clock, unified, onFatal });
    opened.push(register);
    const devices = openDevices(config.devices, { spool: ledger.spool, register, log });
    opened.push(devices satisfies Devices);
    opened.push(startHousekeeping({ ledger, replica, register }));
    return { register, tray: await trayOfCatalog(replica), dispose: () => disposeAll(opened) };
  } catch (fault) {
    await disposeAll(opened);
    throw fault;
  }
}

type Clock = { nowMs(): number; tzOffsetMin(): number };

/** After these faults of the ledger only a core that opens it again knows what is on disk. */
const readsAnew: ReadonlySet<string> = new Set(['io', 'corrupt']);

const log = (line: string): void => void process.stderr.write(`${line}\n`);

function storeOffset(timeZone: string): () => number {
  const offset = timeZoneOffset(timeZone);
  return () => offset(Date.now());
}

function openRegisterLedger(
  config: CoreConfig,
  enrolment: Enrolment,
  { clock, mark }: { clock: Clock; mark: HighWaterMark },
): Ledger<PrintDocument> {
  // Print documents are checked where they are printed: one that is damaged must not hold up those behind it (I19).
  return openLedger<PrintDocument>({
    folder: path.join(config.registerFolder, 'ledger'),
    identity: identityOf(enrolment),
    key: signingKeyFromSeed(Buffer.from(config.signingSeedHex, 'hex')),
    clock,
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    highWater: mark,
    secondCopy: { folder: config.secondCopyFolder },
    engine: `evertill/${config.version}`,
  });
}

/** Opens the replica; a first start waits for the catalog, a later one sells from what it has while a newer one is imported. */
async function openCatalog(
  config: CoreConfig,
  enrolment: Enrolment,
  publishedFolder: string,
  onProgress: CoreProgress,
): Promise<Replica> {
  const replica = await openReplica({
    folder: path.join(config.registerFolder, 'replica'),
    publishedFolder,
    scope: enrolment.scope,
    verifyKeys: [enrolment.publisher],
    importWorkerPath: config.importWorkerPath,
    nowMs: Date.now,
  });
  if (replica.status().snapshot) return replica;
  const refreshed = await replica.refresh(({ documents, total }) => onProgress('catalog', documents, total));
  if (refreshed.ok && replica.status().snapshot) return replica;
  await replica.dispose();
  throw new CoreFault('no-catalog', refreshed.ok ? 'nothing is published' : refreshed.error.message);
}

function openRegister(
  config: CoreConfig,
  enrolment: Enrolment,
  parts: {
    ledger: Ledger<PrintDocument>;
    replica: Replica;
    clock: Clock;
    unified: UnifiedView | undefined;
    onFatal: () => void;
  },
): Promise<Register> {
  const pepper = Buffer.from(enrolment.pinPepperBase64, 'base64');
  const staff = new Map(enrolment.staff.map((person) => [person.id, person]));
  const { denominationsMinor } = enrolment.settings;
  return createRegister({
    ledger: parts.ledger,
    catalog: catalogOfReplica(parts.replica, enrolment.store.id),
    pins: {
      verify: async (staffId, pin) => {
        const person = staff.get(staffId);
        return person ? verifyPin(pin, person.pin, pepper) : false;
      },
    },
    staff: enrolment.staff.map(({ id, name, role, grantExpiresAt }) => ({ staffId: id, name, role, grantExpiresAt })),
    settings: { denominationsMinor },
    identity: identityOf(enrolment),
    clock: parts.clock,
    ids: { next: () => randomUUID() },
    receipts: receiptsOfStore(),
    ...(parts.unified ? { unified: parts.unified } : {}),
    timers: {
      after: (delayMs, work) => {
        const timer = setTimeout(work, delayMs);
        return { cancel: () => clearTimeout(timer) };
      },
    },
    version: config.version,
    onFault: (where, error) => {
      log(`fault in ${where}: ${error instanceof Error ? error.stack : String(error)}`);
      // What the disk did not confirm is only known after reading the file anew: the ledger takes no more writes until then.
      if (readsAnew.has(faultCode(error))) parts.onFatal();
    },
  });
}

function identityOf(enrolment: Enrolment): { tenant: string; store: string; register: string } {
  return { tenant: enrolment.tenant, store: enrolment.store.id, register: enrolment.register.id };
}

/** In the reverse order of opening: the ledger closes last, after everything that might still write to it. */
async function disposeAll(opened: readonly { dispose(): Promise<void> | void }[]): Promise<void> {
  for (const part of [...opened].reverse()) await part.dispose();
}
