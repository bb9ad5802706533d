import { describe, expect, it } from 'vitest';
import { currentPrices } from './open-snapshot.ts';
import { rankProducts } from './rank-items.ts';
import { price, product } from './testing/publish-items.ts';

describe('the order of search results', () => {
  const items = [
    product('1', { name: 'Milk chocolate' }),
    product('2', { name: 'Chocolate milk 1 l' }),
    product('3', { name: 'Milk' }),
    product('4', { name: 'Oat bar', brand: 'Milka' }),
    product('5', { name: 'Whole milk 1 l' }),
    product('6', { name: 'Razor', sku: 'milk' }),
    product('7', { name: 'Mílk powder' }),
  ];
  const order = (text: string): string[] => rankProducts(items, text).map(({ id }) => id);

  it('the code, then the whole name, then its beginning, then a word of it, then the rest', () => {
    expect(order('milk')).toEqual(['6', '3', '7', '1', '5', '2', '4']);
    expect(order('MILK ')).toEqual(order('milk'));
  });

  it('counts the place of the first word typed', () => {
    expect(order('milk choc')[0]).toBe('1');
    expect(order('choc milk')[0]).toBe('2');
  });

  it('a scan code typed without its leading zeros is the code itself', () => {
    const coded = [
      product('1', { name: '40063813 spanner' }),
      product('2', { name: 'Pen', scanCode: '00000040063813' }),
    ];
    expect(rankProducts(coded, '40063813').map(({ id }) => id)).toEqual(['2', '1']);
  });

  it('does not depend on the order of the candidates', () => {
    expect(rankProducts([...items].reverse(), 'milk').map(({ id }) => id)).toEqual(order('milk'));
  });
});

describe('the price that applies', () => {
  const at = (day: string): string => `2026-01-${day}T00:00:00.000Z`;

  it('is the latest that is not in the future, per item', () => {
    const prices = [
      price('a', 1, { validFrom: at('01') }),
      price('a', 3, { validFrom: at('03') }),
      price('a', 2, { validFrom: at('02') }),
      price('b', 9),
    ];
    expect(currentPrices(prices, at('02')).get('a')?.amountMinor).toBe(2);
    expect(currentPrices(prices, at('05')).get('a')?.amountMinor).toBe(3);
    expect(currentPrices(prices, '2025-01-01T00:00:00.000Z').get('a')).toBeUndefined();
    expect(currentPrices(prices, at('02')).get('b')?.amountMinor).toBe(9);
  });

  it('of two for one instant, the same one in any order', () => {
    const twins = [price('a', 1, { id: 'x' }), price('a', 2, { id: 'y' })];
    expect(currentPrices(twins, at('02'))).toEqual(currentPrices([...twins].reverse(), at('02')));
  });
});
