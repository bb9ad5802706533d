import type { ServerView } from '@evertill/register';
import { plural } from './plural.ts';

// Orders and stock of every channel and store, and the server behind them.

export const orders = {
  title: 'Orders',
  search: 'Find an order',
  placeholder: 'Number, name, mail, phone, or scan a receipt',
  found: 'Orders found',
  count: (count: number) => plural(count, 'order found', 'orders found'),
  none: 'No orders yet',
  noneText: 'Sales of every register of this store and orders of the web shop appear here.',
  noneFor: (text: string) => `No order matches “${text}”`,
  noneForText: 'Check the number, or try the customer’s name, mail address or phone number.',
  fromServer: 'From the server: every channel and store',
  fromHere: 'From this register: the server could not be asked',
  fromHereAsOf: (when: string) => `From this register, as of ${when}: the server could not be asked`,
  statuses: {
    completed: 'Sold',
    'awaiting-pickup': 'Waits for pick-up',
    'awaiting-shipment': 'Waits for shipment',
  },
  channels: { store: 'In a store', web: 'Web shop' },
  detailOf: (number: string) => `Order ${number}`,
  when: 'When',
  channel: 'Channel',
  store: 'Store',
  recordedBy: 'Recorded by',
  safe: 'Where it is',
  atServer: 'At the server',
  onlyHere: 'On this disk, waits for the server',
  lines: 'What was ordered',
  grams: (count: string) => `${count} g`,
  total: 'Total',
};

export const stock = {
  title: 'Stock',
  show: 'Show',
  of: (name: string) => `Stock of ${name}`,
  choose: 'Which item?',
  chooseText: 'Type a name or scan a code. You see what is on hand here and in the other stores.',
  here: (store: string) => `On hand here, ${store}`,
  asOf: (when: string) => `as of ${when}`,
  unknown: 'Unknown',
  unknownText: 'Nothing is known of it there yet',
  neverHeard: 'The server has not been heard yet: this is what this register knows by itself.',
  upToDate: (when: string) => `What the server had at ${when}, and every sale of this register since.`,
  onHand: (count: string) => `${count} here`,
  kilograms: (count: string) => `${count} kg`,
};

type State = Exclude<ServerView['state'], 'none'>;

export const serverStates: Record<State, string> = {
  connecting: 'Connecting',
  online: 'Connected',
  offline: 'No network',
  'captive-portal': 'The network wants a sign-in',
  'server-trouble': 'The server does not answer',
  'not-joined': 'Not joined: ask for a code',
};

/** Why the server does not take a record, or this register not a document, and what to do; by the code of the reason. */
export const parkedReasons: Readonly<Record<string, string>> = {
  revoked: 'This register’s right to send was taken away. Sales stay safe on this disk. Ask for a new code.',
  'not-authorised': 'The server does not take this register’s word. Check the clock of this computer, then ask again.',
  forked:
    'Another disk has written under this register’s name. One of the two is a copy. Call support before you go on.',
  restored: 'An older copy of this register’s files was put back. What is missing here is safe at the server.',
  'server-ahead': 'The server holds more than this register. Call support: nothing is lost on either side.',
  'other-version': 'The server is of another version. Update Evertill here or there; everything is kept until then.',
  broken: 'The server found a record damaged on its way or on this disk. Call support; everything after it waits.',
  malformed: 'The server does not understand a record. Update the server; everything is kept until then.',
  'too-large': 'A record is larger than the server takes. Call support; everything is kept until then.',
  'server-fault': 'The server fails over one record again and again. Call support; everything is kept until then.',
  unreadable: 'This disk does not give a record back. Have the disk checked today.',
  shape: 'A document from the server is not of a known shape and is not shown.',
  body: 'A document from the server cannot be read and is not shown.',
};
