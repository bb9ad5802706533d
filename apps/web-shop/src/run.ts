import { join as joinPath } from 'node:path';
import { parseArgs } from 'node:util';
import { AuthorFault } from '@evertill/author';
import { LedgerFault } from '@evertill/ledger';
import { join } from './commands/join.ts';
import { order } from './commands/order.ts';
import { orders } from './commands/orders.ts';
import { show } from './commands/show.ts';
import { stock } from './commands/stock.ts';
import { watch } from './commands/watch.ts';
import type { OrderRequest } from './orders/decide-order.ts';
import { openShop } from './shop/open-shop.ts';
import { ShopFault } from './shop/shop-fault.ts';
import type { World } from './shop/world.ts';

const USAGE = `Usage: npm run web-shop -- <command> [--folder=DIR]

  join --hub=URL --code=CODE                        join a hub as its channel
  stock ITEM                                        what the stores have of an item (its id or SKU)
  order --store=DUB1 --item=ITEM:QUANTITY [--item …]
        --name="Aoife Byrne" [--mail=…] [--phone=…] [--ship]
  orders                                            the orders of this shop; sends those that wait
  show NUMBER                                       one order
  watch                                             changes of stock, as they happen

Ends with 0 done, 1 not done, 2 done here and not yet at the hub.`;

const OPTIONS = {
  folder: { type: 'string' },
  hub: { type: 'string' },
  code: { type: 'string' },
  store: { type: 'string' },
  item: { type: 'string', multiple: true },
  name: { type: 'string' },
  mail: { type: 'string' },
  phone: { type: 'string' },
  ship: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

/** The web shop's commands. What goes wrong is said in a sentence; the answer is the exit code. */
export async function runWebShop(
  argv: readonly string[],
  dataFolder: string | undefined,
  world: World,
): Promise<number> {
  try {
    const { values, positionals } = parse(argv);
    const folder = values.folder ?? (dataFolder === undefined ? undefined : joinPath(dataFolder, 'web-shop'));
    if (folder === undefined) return usage(world);
    return await command(folder, values, positionals, world);
  } catch (error) {
    if (error instanceof AuthorFault || error instanceof ShopFault) world.out(error.message);
    else if (error instanceof LedgerFault) world.out(journalWords(error));
    // parseArgs names the option that it does not know.
    else if (error instanceof TypeError && 'code' in error) return usage(world, error.message);
    else throw error;
    return 1;
  }
}

function command(
  folder: string,
  values: Values,
  positionals: readonly string[],
  world: World,
): Promise<number> | number {
  const [name, argument, ...more] = positionals;
  if (more.length > 0) return usage(world, `What is “${more.join(' ')}”?`);
  switch (name) {
    case 'join': {
      const { hub, code } = values;
      return hub === undefined || code === undefined ? usage(world) : join(folder, { hubUrl: hub, code }, world);
    }
    case 'stock':
      return argument === undefined ? usage(world) : stock(openShop(folder, world), argument);
    case 'order': {
      const request = orderRequest(values);
      return typeof request === 'string' ? usage(world, request) : order(openShop(folder, world), request);
    }
    case 'orders':
      return orders(openShop(folder, world));
    case 'show':
      return argument === undefined ? usage(world) : show(openShop(folder, world), argument);
    case 'watch':
      return watch(openShop(folder, world));
    default:
      return usage(world);
  }
}

/** The request, or what is wrong with how it was typed. */
function orderRequest({ store, item = [], name = '', mail, phone, ship = false }: Values): OrderRequest | string {
  if (store === undefined) return 'An order is for a store: --store=DUB1';
  const items = item.map(itemAndQuantity);
  const odd = items.findIndex((one) => one === null);
  if (odd >= 0) return `“${String(item[odd]).slice(0, 80)}” names no item and quantity: --item=ITEM:QUANTITY`;
  return {
    store,
    items: items.filter((one) => one !== null),
    name,
    mail: mail ?? null,
    phone: phone ?? null,
    fulfilment: ship ? 'shipment' : 'pickup',
  };
}

/** Ids may hold a colon, so the last one parts them. */
function itemAndQuantity(text: string): { item: string; quantity: number } | null {
  const colon = text.lastIndexOf(':');
  const [item, quantity] = [text.slice(0, colon), text.slice(colon + 1).trim()];
  if (colon < 1 || quantity === '') return null;
  return { item, quantity: Number(quantity) };
}

/** The ledger speaks to whoever stands at a register; here is neither register nor window. */
function journalWords({ code, message }: LedgerFault): string {
  if (code === 'already-open') return 'Another command works in this folder. Try again when it is done.';
  if (code === 'other-identity') return 'The orders in this folder are another channel’s. Join with another --folder.';
  return `The journal of this folder cannot be used (${code}): ${message}. It was left as it is.`;
}

function usage(world: World, problem?: string): number {
  if (problem !== undefined) world.out(problem.replace(/\p{Cc}/gu, '·'));
  world.out(USAGE);
  return 1;
}
