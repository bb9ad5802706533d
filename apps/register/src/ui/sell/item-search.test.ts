import type { ItemView } from '@evertill/register';
import { describe, expect, it } from 'vitest';
import { foundItems } from '../gallery/fixtures.ts';
import { ItemSearch, type Found } from './item-search.ts';

/** A search whose pauses end and whose answers come when the test says so. */
function searchUnderTest() {
  const asked: { text: string; answer: (items: readonly ItemView[] | null) => void }[] = [];
  const shown: Found[] = [];
  let pause: (() => void) | null = null;
  const search = new ItemSearch({
    ask: (text) => new Promise((resolve) => asked.push({ text, answer: resolve })),
    timers: {
      after: (_ms, run) => {
        pause = run;
        return () => {
          pause = null;
        };
      },
    },
    found: (found) => shown.push(found),
  });
  const endPause = (): void => {
    const run = pause;
    pause = null;
    run?.();
  };
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { search, asked, shown, endPause, settled };
}

describe('searching while typing', () => {
  it('asks once for what was typed before a pause', () => {
    const { search, asked, endPause } = searchUnderTest();
    for (const text of ['l', 'li', 'lin']) search.type(text);
    endPause();
    expect(asked.map((each) => each.text)).toEqual(['lin']);
  });

  it('drops the answer to an older text, however late it comes', async () => {
    const { search, asked, shown, endPause, settled } = searchUnderTest();
    search.type('lin');
    endPause();
    search.type('linen');
    endPause();
    asked[1]?.answer(foundItems.slice(0, 1));
    asked[0]?.answer(foundItems);
    await settled();
    expect(shown).toEqual([{ text: 'linen', items: foundItems.slice(0, 1) }]);
  });

  it('clears at once when the field is emptied, and asks nothing', async () => {
    const { search, asked, shown, endPause, settled } = searchUnderTest();
    search.type('lin');
    endPause();
    search.type(' ');
    endPause();
    asked[0]?.answer(foundItems);
    await settled();
    expect(asked).toHaveLength(1);
    expect(shown).toEqual([{ text: '', items: [] }]);
  });

  it('says nothing after it was disposed of, nor when the core refused', async () => {
    const { search, asked, shown, endPause, settled } = searchUnderTest();
    search.type('lin');
    endPause();
    asked[0]?.answer(null);
    search.type('line');
    endPause();
    search.dispose();
    asked[1]?.answer(foundItems);
    await settled();
    expect(shown).toEqual([]);
  });

  it('answers who presses Enter before the search has, with what the whole text finds', async () => {
    const { search, asked, endPause } = searchUnderTest();
    search.type('linen');
    const meant = search.settled();
    endPause();
    asked[0]?.answer(foundItems);
    expect(await meant).toEqual({ text: 'linen', items: foundItems });
  });

  it('answers nothing to an Enter that someone typed on after', async () => {
    const { search } = searchUnderTest();
    search.type('lin');
    const meant = search.settled();
    search.type('linen');
    expect(await meant).toBeNull();
  });
});
