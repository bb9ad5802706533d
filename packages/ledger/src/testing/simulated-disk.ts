import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { SeededRandom } from '@evertill/testkit';
import type { DiskStep } from './disk-trace.ts';

/** The unit that a disk writes or does not. */
const SECTOR_BYTES = 512;

type Pending =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly size: number };
/** `durable` is what a sync has confirmed; the rest may or may not be there after a power cut. */
type Inode = { durable: Buffer; pending: Pending[]; size: number };
type NameChange = { readonly name: string; readonly inode: Inode | null };
/** One folder: what its entries surely are, and what was changed since it was last synced. */
type Folder = { readonly durable: Map<string, Inode>; pending: NameChange[] };
type Handle = { inode: Inode | null; folder: string | null; position: number; appends: boolean };

/** What a power cut does to what was not yet synced. */
export type PowerCut = 'keeps a beginning' | 'keeps any sectors' | 'spoils a sector';
export const powerCuts: readonly PowerCut[] = ['keeps a beginning', 'keeps any sectors', 'spoils a sector'];

/**
 * A disk that promises only what was synced. It takes the steps of a real program, and can at any moment lose its power: of each file's unsynced
 * writes any sectors may be there, in any order; the sector that was just being written may hold nonsense; a name that was made, changed or
 * removed is only sure once its folder was synced. Bytes outside of a write are never harmed (SQLite's POWERSAFE_OVERWRITE).
 */
export class SimulatedDisk {
  readonly #root: string;
  readonly #folders = new Map<string, Folder>();
  readonly #names = new Map<string, Inode>();
  readonly #handles = new Map<number, Handle>();

  /** `root`: what lies elsewhere is not on this disk. */
  constructor(root: string) {
    this.#root = root;
  }

  take(step: DiskStep): void {
    switch (step.kind) {
      case 'open':
        return this.#open(step);
      case 'close':
        return void this.#handles.delete(step.fd);
      case 'write':
        return this.#write(step);
      case 'truncate': {
        const inode = this.#handles.get(step.fd)?.inode;
        if (inode) this.#truncate(inode, step.size);
        return;
      }
      case 'sync':
        return this.#sync(step.fd);
      case 'rename': {
        const inode = this.#names.get(step.from);
        if (!inode) return;
        this.#name(step.to, inode);
        return this.#name(step.from, null);
      }
      case 'unlink':
        return this.#name(step.path, null);
      case 'said':
        return;
    }
  }

  /** Writes what is left after a power cut at this moment below `target`. */
  cutPower(cut: PowerCut, random: SeededRandom, target: string): void {
    for (const [folder, { durable, pending }] of this.#folders) {
      const names = new Map(durable);
      // Changes of names become durable in their order: file systems journal them.
      for (const { name, inode } of pending.slice(0, random.int(pending.length + 1))) {
        if (inode) names.set(name, inode);
        else names.delete(name);
      }
      for (const [name, inode] of names) {
        const file = join(target, relative(this.#root, folder), name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, remainsOf(inode, cut, random));
      }
    }
  }

  #isHere(path: string): boolean {
    return path.startsWith(`${this.#root}/`);
  }

  #open({ fd, path, creates, empties, appends }: Extract<DiskStep, { kind: 'open' }>): void {
    if (!this.#isHere(path)) return;
    const known = this.#names.get(path);
    if (!known && !creates) {
      this.#handles.set(fd, { inode: null, folder: path, position: 0, appends });
      return;
    }
    const inode = known ?? { durable: Buffer.alloc(0), pending: [], size: 0 };
    if (!known) this.#name(path, inode);
    else if (empties) this.#truncate(inode, 0);
    this.#handles.set(fd, { inode, folder: null, position: 0, appends });
  }

  #write({ fd, offset, bytes }: Extract<DiskStep, { kind: 'write' }>): void {
    const handle = this.#handles.get(fd);
    if (!handle?.inode) return;
    const at = offset ?? (handle.appends ? handle.inode.size : handle.position);
    if (offset === null) handle.position += bytes.length;
    handle.inode.pending.push({ kind: 'write', offset: at, bytes });
    handle.inode.size = Math.max(handle.inode.size, at + bytes.length);
  }

  #truncate(inode: Inode, size: number): void {
    inode.pending.push({ kind: 'truncate', size });
    inode.size = size;
  }

  #sync(fd: number): void {
    const handle = this.#handles.get(fd);
    if (!handle) return;
    if (handle.inode) {
      handle.inode.durable = handle.inode.pending.reduce(applied, handle.inode.durable);
      handle.inode.pending = [];
      return;
    }
    const folder = this.#folders.get(handle.folder ?? '');
    for (const { name, inode } of folder?.pending ?? []) {
      if (inode) folder?.durable.set(name, inode);
      else folder?.durable.delete(name);
    }
    if (folder) folder.pending = [];
  }

  #name(path: string, inode: Inode | null): void {
    if (!this.#isHere(path)) return;
    if (inode) this.#names.set(path, inode);
    else this.#names.delete(path);
    const folder: Folder = this.#folders.get(dirname(path)) ?? { durable: new Map(), pending: [] };
    this.#folders.set(dirname(path), folder);
    folder.pending.push({ name: path.slice(dirname(path).length + 1), inode });
  }
}

function applied(content: Buffer, change: Pending): Buffer {
  if (change.kind === 'truncate') return resized(content, change.size);
  const grown = resized(content, Math.max(content.length, change.offset + change.bytes.length));
  change.bytes.copy(grown, change.offset);
  return grown;
}

function resized(content: Buffer, size: number): Buffer {
  const changed = Buffer.alloc(size);
  content.copy(changed, 0, 0, size);
  return changed;
}

function remainsOf({ durable, pending }: Inode, cut: PowerCut, random: SeededRandom): Buffer {
  if (cut === 'keeps a beginning') {
    const kept = pending.slice(0, random.int(pending.length + 1));
    const next = pending[kept.length];
    const torn = next?.kind === 'write' ? sectorsOf(next).slice(0, random.int(sectorsOf(next).length + 1)) : [];
    return [...kept, ...torn].reduce(applied, durable);
  }
  const chance = random.int(101) / 100;
  const sectors = pending.flatMap((change) => (change.kind === 'write' ? sectorsOf(change) : [change]));
  let content = durable;
  for (const sector of sectors) if (random.chance(chance)) content = applied(content, sector);
  const hit = sectors[random.int(Math.max(1, sectors.length))];
  if (cut === 'spoils a sector' && hit?.kind === 'write')
    content = applied(content, { ...hit, bytes: Buffer.from(hit.bytes.map(() => random.int(256))) });
  return content;
}

function sectorsOf({ offset, bytes }: Extract<Pending, { kind: 'write' }>): Pending[] {
  const sectors: Pending[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + SECTOR_BYTES - ((offset + from) % SECTOR_BYTES));
    sectors.push({ kind: 'write', offset: offset + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return sectors;
}
