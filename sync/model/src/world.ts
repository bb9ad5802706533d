import type { Command } from './commands.ts';
import { type Fact, itemsOf, type JournalName, type Recorded } from './facts.ts';
import { isAfter, type Message, NOTHING_READ } from './messages.ts';
import type { PlantedBug } from './planted-bugs.ts';
import {
  createRegister,
  learnHead,
  type LedgerFile,
  NO_HASH,
  nextSegment,
  record,
  type Register,
  restoreLedger,
  shown,
  takePage,
} from './register.ts';
import {
  append,
  createServer,
  headOf,
  isProjected,
  pageAfter,
  projectNext,
  put,
  rebuild,
  type Server,
} from './server.ts';
import { onHandOf } from './stock.ts';

export const ITEMS = ['mug', 'pen', 'tea'] as const;
/** So that a run stays small: the oldest message is lost when more are under way. */
const MESSAGES_MAX = 40;

export type World = {
  readonly bug: PlantedBug | null;
  readonly registers: Register[];
  server: Server;
  /** Every record that was ever made, by its bytes: the truth that no part can see. */
  readonly everything: Map<string, Recorded>;
  readonly underWay: Message[];
  /** Every message that was ever sent: any of them may come again, however late. */
  readonly sent: Message[];
  readonly backups: { server: Server | null; readonly ledgers: Map<number, LedgerFile> };
  latestPeriod: number;
  latestEpoch: number;
};

/** Two or three registers of one store (a web channel is one more author), and the server. */
export function createWorld(options: { registers: number; bug?: PlantedBug | null }): World {
  return {
    bug: options.bug ?? null,
    registers: Array.from({ length: options.registers }, (_, index) => createRegister(`r${index + 1}`)),
    server: createServer(1),
    everything: new Map(),
    underWay: [],
    sent: [],
    backups: { server: null, ledgers: new Map() },
    latestPeriod: 1,
    latestEpoch: 1,
  };
}

/** One event. Commands that make no sense at the moment do nothing, so that every list of commands is a run. */
export function step(world: World, command: Command): void {
  switch (command.kind) {
    case 'sell':
    case 'count':
    case 'write-unreadable':
      return atRegister(world, command);
    case 'push':
    case 'ask-head':
    case 'pull':
      return speak(world, command.kind, command.register);
    case 'deliver':
      return deliver(world, command);
    case 'project': {
      const behind = [...world.server.ledger.keys()].filter((journal) => !isProjected(world.server, journal));
      const journal = behind[command.which % behind.length];
      if (journal === undefined) return;
      // A transaction that dies leaves nothing; only where the cursor is outside of it something stays.
      if (command.dies && world.bug !== 'cursor-outside-transaction') return;
      return projectNext(world.server, journal, world.bug, command.dies);
    }
    case 'settle':
      world.server.settledSeq = world.server.seq;
      return;
    case 'hint':
      world.registers.forEach((_, register) => {
        send(world, { kind: 'hint', register, upTo: { period: world.server.period, seq: world.server.settledSeq } });
      });
      return;
    case 'poison-document':
      return put(world.server, { id: 'poison', covers: {}, body: { kind: 'poison' } });
    case 'backup':
    case 'restore':
    case 'lose-replica':
      return disk(world, command);
  }
}

function registerOf(world: World, index: number): Register {
  return world.registers[index % world.registers.length] as Register;
}

function send(world: World, message: Message): void {
  const snapshot = structuredClone(message);
  world.sent.push(snapshot);
  world.underWay.push(snapshot);
  if (world.underWay.length > MESSAGES_MAX) world.underWay.shift();
}

function atRegister(world: World, command: Command & { kind: 'sell' | 'count' | 'write-unreadable' }): void {
  const register = registerOf(world, command.register);
  // Stands for the record's bytes: no two records are alike, even if they claim the same place.
  const hash = `#${world.everything.size + 1}`;
  const recorded = record(register, factOf(register, command), hash);
  world.everything.set(hash, recorded);
}

function factOf(register: Register, command: Command & { kind: 'sell' | 'count' | 'write-unreadable' }): Fact {
  if (command.kind === 'write-unreadable') return { kind: 'unreadable' };
  if (command.kind === 'sell') {
    const lines = command.lines.map(({ item, quantity }) => {
      const left = onHandOf(shown(register, item, null)) - quantity;
      return { item, quantity, left };
    });
    return { kind: 'sale', lines };
  }
  // Whoever counts has seen what the document covers, and everything this journal says so far.
  const own = Object.fromEntries([...register.ledger.journals].map(([journal, records]) => [journal, records.length]));
  const covers = register.replica.documents.get(`stock/${command.item}`)?.covers ?? {};
  const basis = { ...covers, ...own };
  for (const [journal, seq] of Object.entries(covers)) basis[journal] = Math.max(seq, own[journal] ?? 0);
  const counted = onHandOf(shown(register, command.item, null)) + command.off;
  return { kind: 'count', item: command.item, counted, basis };
}

function speak(world: World, kind: 'push' | 'ask-head' | 'pull', index: number): void {
  const register = registerOf(world, index);
  const number = world.registers.indexOf(register);
  if (kind === 'pull')
    return send(world, { kind: 'pull', register: number, after: register.replica.checkpoint, cause: null });
  if (kind === 'push') {
    const segment = nextSegment(register);
    if (segment) send(world, { kind: 'segment', register: number, ...segment });
    return;
  }
  for (const journal of register.ledger.journals.keys()) send(world, { kind: 'ask-head', register: number, journal });
}

function deliver(world: World, command: Command & { kind: 'deliver' }): void {
  const index = command.which % world.underWay.length;
  const message = world.underWay[index];
  if (!message) return;
  if (command.fate !== 'twice') world.underWay.splice(index, 1);
  if (command.fate !== 'lost') receive(world, message, command);
}

/** What a message does where it arrives. `luck` decides what a read that is not isolated happens to see. */
export function receive(world: World, message: Message, { fate, luck }: { fate: string; luck: number }): void {
  const { server, bug } = world;
  const register = registerOf(world, message.register);
  switch (message.kind) {
    case 'segment': {
      append(server, message.records, message.prevHash, bug);
      return answerHead(world, message.register, message.records[0]?.journal ?? '');
    }
    case 'ask-head':
      return answerHead(world, message.register, message.journal);
    case 'head':
      return learnHead(register, message.journal, message.seq, message.hash, bug);
    case 'pull': {
      const isSeen = ({ seq }: { seq: number }) => ((luck >> (seq % 8)) & 1) === 1;
      const page = pageAfter(server, message.after, bug, isSeen);
      return send(world, { kind: 'page', register: message.register, page, cause: message.cause });
    }
    case 'page': {
      const { page, cause } = message;
      // A register that dies while it takes a page took nothing, unless its checkpoint goes first.
      if (fate === 'dies') {
        if (bug === 'checkpoint-before-documents') register.replica.checkpoint = page.checkpoint;
        return;
      }
      takePage(register, page, bug);
      if (bug === 'checkpoint-from-hint' && cause && isAfter(cause, register.replica.checkpoint))
        register.replica.checkpoint = cause;
      return;
    }
    case 'hint': {
      const { checkpoint } = register.replica;
      if (message.upTo.period === checkpoint.period && message.upTo.seq === checkpoint.seq) return;
      return send(world, { kind: 'pull', register: message.register, after: checkpoint, cause: message.upTo });
    }
  }
}

function answerHead(world: World, register: number, journal: JournalName): void {
  const head = headOf(world.server, journal);
  send(world, { kind: 'head', register, journal, seq: head?.seq ?? 0, hash: head?.hash ?? NO_HASH });
}

function disk(world: World, command: Command & { kind: 'backup' | 'restore' | 'lose-replica' }): void {
  const { backups } = world;
  if (command.kind === 'lose-replica') {
    const register = registerOf(world, command.register);
    register.replica.documents.clear();
    register.replica.checkpoint = NOTHING_READ;
    // An empty page is what a register makes of a new replica: nothing is covered any more.
    return takePage(register, { after: NOTHING_READ, documents: [], checkpoint: NOTHING_READ, more: true }, world.bug);
  }
  if (command.what === 'server') {
    if (command.kind === 'backup') backups.server = structuredClone(world.server);
    else if (backups.server) {
      world.latestPeriod += 1;
      world.server = rebuild(structuredClone(backups.server), world.latestPeriod, ([first]) => first ?? '');
    }
    return;
  }
  const register = registerOf(world, command.what);
  const number = world.registers.indexOf(register);
  const backup = backups.ledgers.get(number);
  if (command.kind === 'backup') backups.ledgers.set(number, structuredClone(register.ledger));
  else if (backup) {
    world.latestEpoch += 1;
    restoreLedger(register, backup, world.latestEpoch, world.bug);
  }
}

/** Every item that a record touches is one of these. */
export function touchedItems(world: World): string[] {
  return [...new Set([...world.everything.values()].flatMap(({ fact }) => itemsOf(fact)))];
}
