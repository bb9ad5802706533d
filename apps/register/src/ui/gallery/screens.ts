import type { Snapshots } from '@evertill/register';
import type { ConnectionState } from '../connection/core-client.ts';
import type { TaskState } from '../shell/task.ts';
import {
  foundOrders,
  joinedServer,
  lastSale,
  longTransaction,
  ordinary,
  partlyPaid,
  suspendedElsewhere,
  transaction,
  zReport,
} from './fixtures.ts';
import type { Answers } from './still-core.ts';

/** One state of the register window to look at: what the core would have sent, and where the person has gone. */
export type GalleryScreen = {
  snapshots: Partial<Snapshots>;
  startAt?: Partial<TaskState>;
  searchText?: string;
  connection?: ConnectionState;
  answers?: Answers;
};

const connected: ConnectionState = { state: 'connected', sinceMs: 0, starting: null };
const signedOff: Snapshots = { ...ordinary, session: { ...ordinary.session, signedOn: null } };
const tillClosed: Snapshots = {
  ...ordinary,
  till: { state: 'closed', lastZNumber: 16, lastClosedAt: '2026-11-22T19:05:00Z' },
};
const selling: Snapshots = { ...ordinary, transaction };
const cashier: Snapshots['session'] = {
  ...ordinary.session,
  signedOn: { staffId: 'mina', name: 'Mina Haddad', role: 'cashier', may: ['sell'] },
};
const lockedStaff = ordinary.session.staff.map((person) => ({
  ...person,
  lockedUntil: new Date(Date.now() + 45_000).toISOString(),
}));

const screens = {
  starting: {
    snapshots: {},
    connection: {
      state: 'connecting',
      sinceMs: 0,
      starting: { kind: 'starting', step: 'catalog', done: 18_200, total: 50_000, fault: null },
    },
  },
  'cannot-start': {
    snapshots: {},
    connection: {
      state: 'failed',
      sinceMs: 0,
      starting: { kind: 'starting', step: 'failed', done: 0, total: 0, fault: 'pragma-not-taken' },
    },
  },
  'sign-on': { snapshots: signedOff },
  'sign-on-waiting': { snapshots: { ...signedOff, transaction } },
  'sign-on-locked': { snapshots: { ...signedOff, session: { signedOn: null, staff: lockedStaff } } },
  'open-till': { snapshots: tillClosed },
  'open-till-not-allowed': { snapshots: { ...tillClosed, session: cashier } },
  'sell-empty': { snapshots: { ...ordinary, lastSale: null } },
  sell: { snapshots: selling },
  'sell-many': { snapshots: { ...ordinary, transaction: longTransaction } },
  'sell-search': { snapshots: selling, searchText: 'linen' },
  'sell-quantity': { snapshots: selling, startAt: { dialog: { kind: 'quantity', lineId: 'l2' } } },
  'sell-void-line': { snapshots: selling, startAt: { dialog: { kind: 'void-line', lineId: 'l3' } } },
  'sell-void-sale': { snapshots: selling, startAt: { dialog: { kind: 'void-sale' } } },
  'sell-suspend': { snapshots: selling, startAt: { dialog: { kind: 'suspend' } } },
  keys: { snapshots: selling, startAt: { dialog: { kind: 'keys' } } },
  tender: { snapshots: selling, startAt: { payingId: 't-1' } },
  'tender-partly': { snapshots: { ...ordinary, transaction: partlyPaid } },
  done: { snapshots: ordinary, startAt: { payingId: 't-0' } },
  'done-waiting': {
    snapshots: { ...ordinary, lastSale: { ...lastSale, changeDueMinor: 0, print: 'waiting' } },
    startAt: { payingId: 't-0' },
  },
  suspended: { snapshots: ordinary, startAt: { task: 'suspended' } },
  'suspended-none': { snapshots: { ...ordinary, suspended: [] }, startAt: { task: 'suspended' } },
  'suspended-elsewhere': {
    snapshots: { ...ordinary, suspended: [...ordinary.suspended, suspendedElsewhere] },
    startAt: { task: 'suspended' },
  },
  orders: { snapshots: { ...ordinary, server: joinedServer }, startAt: { task: 'orders' } },
  'orders-offline': {
    snapshots: { ...ordinary, server: { ...joinedServer, state: 'offline', since: '2026-11-23T12:40:00Z' } },
    startAt: { task: 'orders', orderText: 'BER1' },
    answers: {
      findOrders: () => ({ orders: foundOrders.slice(1, 2), from: 'here', upToDateAt: '2026-11-23T12:39:50Z' }),
    },
  },
  'orders-none': {
    snapshots: { ...ordinary, server: joinedServer },
    startAt: { task: 'orders', orderText: 'Lindqvist' },
    answers: { findOrders: () => ({ orders: [], from: 'server', upToDateAt: '2026-11-23T13:01:00Z' }) },
  },
  stock: {
    snapshots: { ...ordinary, server: joinedServer },
    startAt: { task: 'stock', stockItem: { itemId: 'item-LS-0114-WM', name: 'Linen shirt White, M' } },
    searchText: 'linen',
  },
  'stock-choose': { snapshots: ordinary, startAt: { task: 'stock' } },
  day: { snapshots: ordinary, startAt: { task: 'day' } },
  'count-to-close': { snapshots: ordinary, startAt: { task: 'count-to-close' } },
  'z-report': { snapshots: tillClosed, startAt: { shownZ: zReport } },
  devices: { snapshots: ordinary, startAt: { task: 'devices' } },
  'devices-in-need': {
    snapshots: {
      ...selling,
      devices: {
        devices: [
          { kind: 'printer', name: 'Virtual ESC/POS', state: 'paper-out', since: '2026-11-23T12:58:00Z' },
          { kind: 'scanner', name: 'Virtual scanner', state: 'offline', since: '2026-11-23T12:59:00Z' },
          { kind: 'drawer', name: 'On the printer', state: 'ready', since: '2026-11-23T07:50:00Z' },
        ],
        jobs: [
          { jobId: 'j1', kind: 'receipt', label: 'Receipt BER1-1-1-000042', state: 'interrupted' },
          { jobId: 'j2', kind: 'x-report', label: 'X report', state: 'waiting' },
        ],
      },
      server: { ...joinedServer, state: 'offline', since: '2026-11-23T12:40:00Z' },
    },
    startAt: { task: 'devices' },
  },
  'server-good': {
    snapshots: {
      ...selling,
      server: {
        ...joinedServer,
        waitingRecords: 0,
        oldestWaitingAt: null,
        salesAtServer: 42,
        proof: { ...joinedServer.proof, equal: true },
      },
    },
    startAt: { task: 'devices' },
  },
  'server-parked': {
    snapshots: {
      ...ordinary,
      server: {
        ...joinedServer,
        fellBack: true,
        parked: [
          { what: 'journal', id: '1.1267', reason: 'forked' },
          { what: 'document', id: 'orders DUB1-2.1.9', reason: 'body' },
        ],
      },
    },
    startAt: { task: 'devices' },
  },
  'server-not-joined': {
    snapshots: { ...ordinary, server: { ...joinedServer, state: 'not-joined', salesAtServer: 0, proof: null } },
  },
  'server-captive': { snapshots: { ...selling, server: { ...joinedServer, state: 'captive-portal' } } },
  fetching: {
    snapshots: {},
    connection: {
      state: 'connecting',
      sinceMs: 0,
      starting: { kind: 'starting', step: 'fetching', done: 8_400, total: 26_000, fault: null },
    },
  },
  reconnecting: { snapshots: selling, connection: { state: 'reconnecting', sinceMs: 0, starting: null } },
} satisfies Record<string, GalleryScreen>;

export type ScreenName = keyof typeof screens;
export const screenNames = Object.keys(screens) as ScreenName[];
export const galleryScreen = (name: ScreenName): GalleryScreen => screens[name];
export const connectionOf = (screen: GalleryScreen): ConnectionState => screen.connection ?? connected;
