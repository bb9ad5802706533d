import type { StartFault } from '../../contract/start-faults.ts';
import { startFaultWords } from './en/start-faults.ts';
import type { PermissionName, StaffRole } from '@evertill/register';
import { signOn, sell, tender, done, suspended } from './en/selling.ts';
import { till, day } from './en/till.ts';
import { devices, bench } from './en/hardware.ts';
import { orders, stock } from './en/unified.ts';
import { plural } from './en/plural.ts';
import { notices, refusals } from './en/refusals.ts';

/** What waits is said to be safe in the same breath. */
const waitingSales = (count: number): string =>
  count === 0 ? 'all sales safe' : `${plural(count, 'sale', 'sales')} waiting, all safe`;

export const en = {
  languageTag: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  product: 'Evertill',
  refusals,
  notices,
  signOn,
  sell,
  tender,
  done,
  suspended,
  orders,
  stock,
  till,
  day,
  devices,
  bench,
  roles: { cashier: 'Cashier', supervisor: 'Supervisor', manager: 'Manager' } satisfies Record<StaffRole, string>,
  permissions: {
    sell: 'sell',
    'void-transaction': 'void a whole transaction',
    'open-till': 'open the till',
    'read-x': 'read the day',
    'close-till': 'close the till',
    reprint: 'print a receipt again',
  } satisfies Record<PermissionName, string>,
  notAllowed: (what: string) => `You are not allowed to ${what}. Ask a supervisor or a manager.`,

  common: {
    back: 'Back',
    close: 'Close',
    erase: 'Erase last digit',
    clear: 'Clear',
    numberPad: 'Number pad',
    items: (count: number) => plural(count, 'item', 'items'),
    sales: (count: number) => plural(count, 'sale', 'sales'),
    since: (time: string) => `since ${time}`,
  },

  start: {
    connecting: 'Starting the register',
    steps: {
      opening: 'Opening the journal and checking every record',
      seeding: 'Setting up the shop',
      fetching: 'Fetching the catalog from the server',
      catalog: 'Loading items and prices',
      failed: 'The register could not start',
    },
    progress: (done: string, total: string) => `${done} of ${total}`,
    failedTitle: 'The register could not start',
    failedText: (fault: StartFault) => startFaultWords[fault],
    failedCode: (fault: StartFault) => `For support: ${fault}`,
    reconnectTitle: 'One moment: the register is restarting.',
    reconnectText: 'Your transaction is safe.',
  },

  shell: {
    statusBar: 'Register',
    register: (registerId: string) => `Register ${registerId}`,
    safe: (count: number) =>
      count === 0
        ? 'Ready: no sales on this disk yet'
        : count === 1
          ? 'Your 1 sale is safe on this disk'
          : `All ${count} sales are safe on this disk`,
    secondCopyFailed: 'Safe on this disk, second copy failed',
    safeAtServer: (count: number) =>
      count === 0
        ? 'Ready: everything is at the server'
        : count === 1
          ? 'Your 1 sale is safe here and at the server'
          : `All ${count} sales are safe here and at the server`,
    someAtServer: (onDisk: number, atServer: number) =>
      `${plural(onDisk, 'sale', 'sales')} safe on this disk, ${atServer} of them at the server`,
    cutOff: {
      offline: (since: string, waiting: number) => `Offline since ${since}, ${waitingSales(waiting)}`,
      'captive-portal': (since: string, waiting: number) =>
        `The network wants a sign-in since ${since}, ${waitingSales(waiting)}`,
      'server-trouble': (since: string, waiting: number) =>
        `The server does not answer since ${since}, ${waitingSales(waiting)}`,
    },
    notJoined: (count: number) => `Not joined to the server, ${plural(count, 'sale', 'sales')} safe on this disk`,
    parked: 'The server refuses some records: a manager must look',
    businessDate: (date: string) => date,
    tillClosed: 'Till closed',
    theme: 'Colours',
    themes: { light: 'Light', dark: 'Dark', auto: 'As the system' },
    accountMenu: (name: string) => `${name}: sign off and colours`,
    developmentKeys: 'Development key: not for shops',
    notices: 'Notices',
    dismiss: 'Dismiss',
    keysTitle: 'Keys',
    keysHint: 'Everything on this register can be done without a pointer.',
    importing: (done: string, total: string) => `Loading items: ${done} of ${total}`,
  },

  keys: {
    help: 'Show all keys',
    search: 'Go to search',
    quantity: 'Change the quantity of the chosen line',
    'void-line': 'Void the chosen line',
    'void-sale': 'Void the whole transaction',
    suspend: 'Park the transaction',
    suspended: 'Parked transactions',
    devices: 'Devices and safety',
    orders: 'Orders of every channel',
    stock: 'Stock here and in the other stores',
    reprint: 'Print the last receipt again',
    day: 'The day: X report, closing',
    'close-till': 'Count and close the till, print Z',
    pay: 'Pay',
    back: 'Go back',
    confirm: 'Do what the large button says',
    'previous-line': 'Choose the line above',
    'next-line': 'Choose the line below',
  },
};

/** A language is an object of this shape. */
export type Words = typeof en;
