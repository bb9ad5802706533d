import { openSqlite } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttributeValue, Item } from './attribute-value.ts';
import { checkedItem } from './checked-value.ts';
import { addDecimals, decimalKey, decimalText, parseDecimal } from './decimal.ts';
import { ConditionFault, TableFault, TransactionFault, ValidationFault } from './table-fault.ts';
import { Tables } from './tables.ts';
import type { TransactWrite } from './tables.ts';

let db: SqliteDatabase;
let tables: Tables;

beforeEach(() => {
  db = openSqlite({ file: ':memory:' });
  tables = new Tables(db, [
    { name: 'a', partitionKey: 'pk', sortKey: 'sk', localIndexes: [{ name: 'byRank', sortKey: 'rank' }] },
    { name: 'b', partitionKey: 'pk', localIndexes: [] },
  ]);
});

afterEach(() => db.close());

const key = (sk: string): Item => ({ pk: { S: 'p' }, sk: { S: sk } });
const put = (sk: string, rest: Item = {}): TransactWrite => ({
  table: 'a',
  kind: 'put',
  item: { ...key(sk), ...rest },
});

function faultOf<T extends TableFault>(work: () => unknown, type: new (...args: never[]) => T): T {
  try {
    work();
  } catch (error) {
    if (error instanceof type) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}

describe('a transaction', () => {
  it('[I14] is all or nothing, and says for each write why', () => {
    tables.write('a', { kind: 'put', item: { ...key('there'), n: { N: '1' } } });
    const fault = faultOf(
      () =>
        tables.transactWrite([
          put('new'),
          { ...put('there'), condition: 'attribute_not_exists(sk)', returnItemOnFailure: true } as TransactWrite,
          {
            table: 'a',
            kind: 'check',
            key: key('absent'),
            condition: 'attribute_exists(sk)',
            returnItemOnFailure: true,
          },
          { table: 'a', kind: 'update', key: key('other'), update: 'SET n = n + :one', values: { ':one': { N: '1' } } },
        ]),
      TransactionFault,
    );
    expect(fault.reasons).toEqual([
      { code: 'None' },
      {
        code: 'ConditionalCheckFailed',
        message: 'The conditional request failed',
        item: { ...key('there'), n: { N: '1' } },
      },
      { code: 'ConditionalCheckFailed', message: 'The conditional request failed' },
      { code: 'ValidationError', message: expect.stringContaining('does not exist') as string },
    ]);
    expect(tables.getItem('a', key('new'))).toBeUndefined();
  });

  it('spans tables, and its conditions see what was before it', () => {
    tables.transactWrite([
      put('one'),
      { table: 'b', kind: 'put', item: { pk: { S: 'x' } } },
      { table: 'a', kind: 'check', key: key('two'), condition: 'attribute_not_exists(sk)' },
    ]);
    expect(tables.getItem('b', { pk: { S: 'x' } })).toBeDefined();
    expect(tables.getItem('a', key('two'))).toBeUndefined();
  });

  it('names an item once, and no more than a hundred', () => {
    faultOf(() => tables.transactWrite([put('x'), put('x')]), ValidationFault);
    faultOf(() => tables.transactWrite([]), ValidationFault);
    faultOf(() => tables.transactWrite(Array.from({ length: 101 }, (_, n) => put(String(n)))), ValidationFault);
    tables.transactWrite(Array.from({ length: 100 }, (_, n) => put(String(n))));
  });

  it('is heard of after it is there, and not when it is cancelled', () => {
    const heard: unknown[] = [];
    const stop = tables.listen((table, item) => heard.push([table, item.sk, tables.getItem('a', item) !== undefined]));
    tables.transactWrite([put('x')]);
    faultOf(
      () => tables.transactWrite([{ ...put('x'), condition: 'attribute_not_exists(sk)' } as TransactWrite]),
      TransactionFault,
    );
    stop();
    tables.transactWrite([put('y')]);
    expect(heard).toEqual([['a', { S: 'x' }, true]]);
  });
});

describe('a group', () => {
  it('[I14] becomes durable together; one refused within it has written nothing; a throw takes all back', () => {
    const heard: unknown[] = [];
    tables.listen((_, item) => heard.push(item.sk));
    tables.group(() => {
      tables.transactWrite([put('x')]);
      faultOf(
        () => tables.transactWrite([put('y'), { ...put('x'), condition: 'attribute_not_exists(sk)' } as TransactWrite]),
        TransactionFault,
      );
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual([{ S: 'x' }]);
    expect(tables.getItem('a', key('y'))).toBeUndefined();
    expect(() =>
      tables.group(() => {
        tables.transactWrite([put('z')]);
        throw new Error('power cut');
      }),
    ).toThrow('power cut');
    expect(tables.getItem('a', key('z'))).toBeUndefined();
    tables.transactWrite([put('z')]);
    expect(heard).toEqual([{ S: 'x' }, { S: 'z' }]);
  });
});

describe('a write', () => {
  it('whose condition fails shows the item as it is', () => {
    tables.write('a', { kind: 'put', item: key('x') });
    const fault = faultOf(
      () => tables.write('a', { kind: 'delete', key: key('x'), condition: 'attribute_not_exists(pk)' }),
      ConditionFault,
    );
    expect(fault.item).toEqual(key('x'));
  });

  it('removes positions as they were before (Developer Guide, "Update expressions"; dynalite counts anew after each)', () => {
    const tools = (...names: string[]): AttributeValue => ({ L: names.map((S) => ({ S })) });
    const related = tools('Chisel', 'Hammer', 'Nails', 'Screwdriver', 'Hacksaw');
    tables.write('a', { kind: 'put', item: { ...key('x'), related } });
    const { after } = tables.write('a', { kind: 'update', key: key('x'), update: 'REMOVE related[1], related[2]' });
    expect(after?.related).toEqual(tools('Chisel', 'Screwdriver', 'Hacksaw'));
  });

  it('compares lists and maps by value, and orders none of them (dynalite by their text)', () => {
    const list: AttributeValue = { L: [{ N: '1' }] };
    tables.write('a', { kind: 'put', item: { ...key('x'), related: list } });
    const meets = (condition: string, value: AttributeValue): boolean => {
      try {
        tables.transactWrite([{ table: 'a', kind: 'check', key: key('x'), condition, values: { ':v': value } }]);
        return true;
      } catch (error) {
        if (error instanceof TransactionFault) return false;
        throw error;
      }
    };
    expect(meets('related = :v', { L: [{ N: '1.0' }] })).toBe(true);
    expect(meets('related <> :v', { L: [{ N: '1.0' }] })).toBe(false);
    expect(meets('related BETWEEN :v AND :v', list)).toBe(false);
  });

  it('takes no item of more than 400 KB, no empty key, no unknown table', () => {
    faultOf(
      () => tables.write('a', { kind: 'put', item: { ...key('x'), text: { S: 'x'.repeat(400 * 1024) } } }),
      ValidationFault,
    );
    faultOf(() => tables.write('a', { kind: 'put', item: key('') }), ValidationFault);
    expect(faultOf(() => tables.getItem('c', key('x')), TableFault).code).toBe('ResourceNotFoundException');
  });

  it('keeps `__proto__` as a name like any other', () => {
    const item = checkedItem(
      JSON.parse('{"pk":{"S":"p"},"sk":{"S":"x"},"__proto__":{"M":{"__proto__":{"BOOL":true}}}}'),
      'item',
    );
    tables.write('a', { kind: 'put', item });
    const read = tables.getItem('a', key('x')) as Item;
    expect(JSON.stringify(read)).toContain('"__proto__":{"M":{"__proto__":{"BOOL":true}}}');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    const probe = { kind: 'check', table: 'a', key: key('x'), condition: '#p.#p = :t' } as const;
    tables.transactWrite([{ ...probe, names: { '#p': '__proto__' }, values: { ':t': { BOOL: true } } }]);
  });

  it.each<[string, unknown]>([
    ['two types', { S: 'a', N: '1' }],
    ['no type', {}],
    ['an unknown type', { X: 1 }],
    ['NaN', { N: 'NaN' }],
    ['Infinity', { N: 'Infinity' }],
    ['a number in text', { S: 1 }],
    ['bad base64', { B: '%' }],
    ['NULL that is false', { NULL: false }],
    ['an empty set', { SS: [] }],
    ['a doubled member', { NS: ['1', '1.0'] }],
    ['40 levels', Array.from({ length: 40 }).reduce<unknown>((inner) => ({ L: [inner] }), { NULL: true })],
    ['5,000 levels', Array.from({ length: 5_000 }).reduce<unknown>((inner) => ({ M: { a: inner } }), { NULL: true })],
  ])('refuses %s', (_, value) => {
    faultOf(() => checkedItem({ a: value }, 'item'), ValidationFault);
  });

  it('refuses expressions without end, before the stack does', () => {
    const nested = `${'('.repeat(2_000)}pk = pk${')'.repeat(2_000)}`;
    faultOf(() => tables.write('a', { kind: 'put', item: key('x'), condition: nested }), ValidationFault);
    const negated = `${'NOT '.repeat(1_000)}pk = pk`;
    faultOf(() => tables.write('a', { kind: 'put', item: key('x'), condition: negated }), ValidationFault);
  });
});

describe('a query', () => {
  it('ends a page at a megabyte, and goes on from there', () => {
    const text = { S: 'x'.repeat(300 * 1024) };
    for (let n = 0; n < 5; n++)
      tables.write('a', { kind: 'put', item: { ...key(String(n)), rank: { S: String(9 - n) }, text } });
    for (const index of [undefined, 'byRank']) {
      const seen: AttributeValue[] = [];
      let startKey: Item | undefined;
      do {
        const page = tables.query('a', {
          keyCondition: 'pk = :p',
          values: { ':p': { S: 'p' } },
          ...(index && { index }),
          ...(startKey && { startKey }),
        });
        seen.push(...page.items.map(({ sk }) => sk as AttributeValue));
        startKey = page.lastKey;
      } while (startKey);
      const order = index ? ['4', '3', '2', '1', '0'] : ['0', '1', '2', '3', '4'];
      expect(seen).toEqual(order.map((S) => ({ S })));
    }
  });

  it('takes no starting key of another partition', () => {
    const input = {
      keyCondition: 'pk = :p',
      values: { ':p': { S: 'p' } },
      startKey: { pk: { S: 'q' }, sk: { S: '1' } },
    };
    faultOf(() => tables.query('a', input), ValidationFault);
  });
});

describe('DELETE', () => {
  it('from a set of another type is refused, and changes nothing', () => {
    tables.transactWrite([put('s', { x: { SS: ['1', '2'] } })]);
    const remove = (set: AttributeValue): unknown =>
      tables.write('a', { kind: 'update', key: key('s'), update: 'DELETE x :v', values: { ':v': set } });
    faultOf(() => remove({ NS: ['1'] }), ValidationFault);
    expect(tables.getItem('a', key('s'))).toMatchObject({ x: { SS: ['1', '2'] } });
    expect(remove({ SS: ['1'] })).toMatchObject({ after: { x: { SS: ['2'] } } });
  });
});

describe('numbers', () => {
  // Two of them span at most 38 digits, with the carry of their sum: more than that is refused, and has a test of its own.
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: -9, max: 9 }));

  it('sort as bytes as they do by value, and add up exactly', () => {
    fc.assert(
      fc.property(decimal, decimal, ([a, x], [b, y]) => {
        const [left, right] = [parseDecimal(`${a}e${x}`), parseDecimal(`${b}e${y}`)];
        const difference = a * 10n ** BigInt(x + 10) - b * 10n ** BigInt(y + 10);
        const sign = difference < 0n ? -1 : difference > 0n ? 1 : 0;
        expect(Buffer.compare(decimalKey(left), decimalKey(right))).toBe(sign);
        const sum = a * 10n ** BigInt(x + 10) + b * 10n ** BigInt(y + 10);
        expect(decimalText(addDecimals(left, right))).toBe(decimalText(parseDecimal(`${sum}e-10`)));
      }),
    );
  });
});
