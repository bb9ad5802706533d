import type { Locator, Page } from 'playwright-core';
import { en as words } from '../../src/ui/words/en.ts';
import { fewestPieces, minorOf } from './cash.ts';
import type { Counter } from './counter.ts';
import { ENTER_TO_DONE_MS, WATCH_FOR_DONE } from './done-clock.ts';
import { nowMs, until } from './waiting.ts';

const STEP_DEADLINE_MS = 15_000;
const START_DEADLINE_MS = 60_000;

/** A sale as the person at the register saw it. */
export type SeenSale = {
  receiptLabel: string;
  totalMinor: number;
  changeMinor: number;
  /** From the Enter that took the cash until the screen said that the sale is complete. */
  tenderToDoneMs: number;
  /** The moment of that Enter, ms since the epoch. */
  tenderedAtMs: number;
};

export type Scanned = { scanToPaintedMs: number };

const TABS_MAX = 40;
const RESULTS_SETTLE_MS = 200;
/** A person at the keyboard of the register, with a scanner in the other hand. No pointer is ever used. */
export class Cashier {
  readonly #page: () => Page;
  readonly #counter: Counter;

  /** `page` is asked each time: a killed page is another object afterwards. */
  constructor(needs: { page: () => Page; counter: Counter }) {
    this.#page = needs.page;
    this.#counter = needs.counter;
  }

  get page(): Page {
    return this.#page();
  }

  /** Whoever is at the keyboard types where the screen has put the cursor; while the register starts it has put it nowhere. */
  async untilReady(): Promise<void> {
    await until('the cursor in the PIN field', () => this.#cursorIn('input[type="password"]'), START_DEADLINE_MS);
  }

  async signOn(name: string, pin: string): Promise<void> {
    const { page } = this;
    await this.untilReady();
    const radio = page.getByRole('radio', { name: new RegExp(name) });
    for (let tries = 0; !(await radio.isChecked()); tries += 1) {
      if (tries > 20) throw new Error(`${name} cannot be chosen with the arrow keys`);
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.signOn.title }).waitFor({ state: 'detached' });
  }

  #cursorIn(selector: string): Promise<boolean> {
    return this.page.evaluate<boolean>(`document.activeElement?.matches('${selector}') ?? false`).catch(() => false);
  }

  /** Signs off by the account menu. */
  async signOff(): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: /sign off and colours/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: words.signOn.signOff }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.signOn.title }).waitFor();
  }

  /** Counts notes and coins in the grid that has the focus: pieces by denomination in minor units. */
  async countCash(piecesOf: Readonly<Record<number, number>>): Promise<void> {
    const { page } = this;
    const cells = page.getByRole('group', { name: words.till.notesAndCoins }).getByRole('textbox');
    await cells.first().waitFor();
    const names = await cells.evaluateAll((inputs) => inputs.map((input) => input.getAttribute('aria-label') ?? ''));
    for (const [index, name] of names.entries()) {
      if (index > 0) await page.keyboard.press('ArrowDown');
      const pieces = piecesOf[minorOf(name)];
      if (pieces !== undefined) await page.keyboard.type(String(pieces));
    }
  }

  async openTill(piecesOf: Readonly<Record<number, number>>): Promise<void> {
    await this.page.getByRole('heading', { name: words.till.openTitle }).waitFor();
    await this.countCash(piecesOf);
    await this.page.keyboard.press('Enter');
    await this.searchField.waitFor();
  }

  get searchField(): Locator {
    return this.page.getByRole('combobox', { name: words.sell.search });
  }

  /** Scans and waits until the line is painted. */
  async scan(code: string): Promise<Scanned> {
    const marksBefore = await this.#paintedMarks();
    const writtenAtMs = this.#counter.scan(code);
    const marks = await until(
      `the line for ${code}`,
      async () => {
        const now = await this.#paintedMarks();
        return now.length > marksBefore.length ? now : null;
      },
      STEP_DEADLINE_MS,
    );
    return { scanToPaintedMs: (marks.at(-1) ?? Number.NaN) - writtenAtMs };
  }

  #paintedMarks(): Promise<number[]> {
    return this.page.evaluate<number[]>(
      `performance.getEntriesByName('line-painted').map((mark) => mark.detail.paintedAtMs)`,
    );
  }

  /** Types a name and presses Enter at once, without waiting for what is found. */
  async addByNameBlind(text: string): Promise<void> {
    const before = await this.lineCount();
    await this.page.keyboard.press('F2');
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
    await until('the line typed blind', async () => (await this.lineCount()) > before, STEP_DEADLINE_MS);
  }

  /** Types a name, and adds the first item that is found. */
  async addByName(text: string): Promise<string> {
    const { page } = this;
    await page.keyboard.press('F2');
    await page.keyboard.type(text);
    const name = await this.#settledFirstResult();
    const before = await this.lineCount();
    await page.keyboard.press('Enter');
    await until('the line found by name', async () => (await this.lineCount()) > before, STEP_DEADLINE_MS);
    return name;
  }

  /** The first result once the list stands still: while results of fewer letters are shown, Enter would look the text up as a code. */
  async #settledFirstResult(): Promise<string> {
    const options = this.page.getByRole('listbox', { name: words.sell.results }).getByRole('option');
    await options.first().waitFor();
    let shown = '';
    let sinceMs = nowMs();
    await until(
      'settled results',
      async () => {
        const now = (await options.allInnerTexts()).join('|');
        if (now !== shown) sinceMs = nowMs();
        shown = now;
        return now !== '' && nowMs() - sinceMs > RESULTS_SETTLE_MS;
      },
      STEP_DEADLINE_MS,
    );
    return (await options.first().innerText()).split('\n')[0] ?? '';
  }

  get lines(): Locator {
    return this.page.getByRole('list', { name: words.sell.lines, exact: true }).getByRole('listitem');
  }

  lineCount(): Promise<number> {
    return this.lines.count();
  }

  async totalMinor(): Promise<number> {
    return minorOf(await this.page.getByTestId('total').innerText());
  }

  /** Sets the quantity of the chosen line. */
  async changeQuantity(quantity: number): Promise<void> {
    const { page } = this;
    const before = await this.totalMinor();
    await page.keyboard.press('F3');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(String(quantity));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await until('the new total', async () => (await this.totalMinor()) !== before, STEP_DEADLINE_MS);
  }

  /** Voids the chosen line for the first of the usual reasons. */
  async voidLine(): Promise<void> {
    const { page } = this;
    const before = await this.lineCount();
    await page.keyboard.press('F4');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('1');
    await until('one line less', async () => (await this.lineCount()) < before, STEP_DEADLINE_MS);
  }

  async suspend(name: string): Promise<void> {
    const { page } = this;
    await page.keyboard.press('F6');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await until('an empty transaction', async () => (await this.lineCount()) === 0, STEP_DEADLINE_MS);
  }

  /** Resumes the first of the list. */
  async resume(): Promise<void> {
    const { page } = this;
    await page.keyboard.press('F7');
    await page.getByRole('heading', { name: words.suspended.title }).waitFor();
    await page.keyboard.press('Enter');
    await until('the resumed lines', async () => (await this.lineCount()) > 0, STEP_DEADLINE_MS);
  }

  /** Goes to the tender screen; answers with what is due. */
  async goToPay(): Promise<number> {
    await this.page.keyboard.press('F12');
    const due = this.page.getByTestId('due');
    await due.waitFor();
    return minorOf(await due.innerText());
  }

  /** Types an amount of cash and presses Enter, or only Enter for exactly what is due. */
  async pressTender(amountMinor?: number): Promise<number> {
    if (amountMinor !== undefined) await this.page.keyboard.type(String(amountMinor));
    const atMs = nowMs();
    await this.page.keyboard.press('Enter');
    return atMs;
  }

  /** Takes cash on the tender screen and waits until the sale is complete. */
  async takeCash(totalMinor: number, amountMinor?: number): Promise<SeenSale> {
    await this.page.evaluate(WATCH_FOR_DONE);
    const tenderedAtMs = await this.pressTender(amountMinor);
    return this.seenSale(totalMinor, tenderedAtMs);
  }

  /** Reads the screen that says that the sale is complete. */
  async seenSale(totalMinor: number, tenderedAtMs: number): Promise<SeenSale> {
    const { page } = this;
    const label = page.getByTestId('receipt-label');
    await label.waitFor({ timeout: STEP_DEADLINE_MS });
    const receiptLabel = (await label.innerText()).trim().split(/\s+/).at(-1) ?? '';
    const changeMinor = minorOf(await page.getByTestId('change').innerText());
    const tenderToDoneMs = await page.evaluate<number>(ENTER_TO_DONE_MS);
    return { receiptLabel, totalMinor, changeMinor, tenderToDoneMs, tenderedAtMs };
  }

  isTendering(): Promise<boolean> {
    return this.page.getByTestId('due').isVisible();
  }

  /** What is still to pay on the tender screen; `NaN` on any other. */
  async dueMinor(): Promise<number> {
    const due = this.page.getByTestId('due');
    return (await due.isVisible()) ? minorOf(await due.innerText()) : Number.NaN;
  }

  /** Puts away what the register said, as one does who has read it. */
  async dismissNotices(): Promise<void> {
    const dismiss = this.page.getByRole('button', { name: words.shell.dismiss });
    while ((await dismiss.count()) > 0) {
      await dismiss.first().focus();
      await this.page.keyboard.press('Enter');
    }
  }

  /** From the screen that says that a sale is complete, if it is there. */
  async toSellScreen(): Promise<void> {
    const done = this.page.getByTestId('receipt-label');
    await until(
      'the sell screen',
      async () => {
        if (await done.isVisible()) await this.page.keyboard.press('Enter');
        return this.searchField.isVisible();
      },
      STEP_DEADLINE_MS,
    );
  }

  async nextSale(): Promise<void> {
    await this.page.keyboard.press('Enter');
    await this.searchField.waitFor();
  }

  /** The day's X report. */
  async openDay(): Promise<void> {
    await this.page.keyboard.press('F10');
    await this.page.getByRole('heading', { name: words.day.xReport }).waitFor();
    await this.page.getByText(words.day.overShort).or(this.page.getByText(words.day.expected)).first().waitFor();
  }

  /** From the day's screen: counts the drawer and compares. */
  async countToClose(amountMinor: number): Promise<void> {
    await this.#tabTo(words.day.closeTill);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('heading', { name: words.till.closeTitle }).waitFor();
    await this.countCash(fewestPieces(amountMinor));
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('button', { name: words.till.closeNow }).waitFor();
  }

  async closeTill(): Promise<void> {
    await this.#tabTo(words.till.closeNow);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('heading', { name: /Z report/ }).waitFor();
  }

  /** Presses Tab until a button has the focus. */
  async #tabTo(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name });
    await button.waitFor();
    for (let tries = 0; tries < TABS_MAX; tries += 1) {
      if (await button.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`"${name}" cannot be reached with the Tab key`);
  }

  /** A whole sale: scan, pay, done. */
  async sell(
    codes: readonly string[],
    pay: 'exact' | { amountMinor: number },
  ): Promise<SeenSale & { scans: Scanned[] }> {
    const scans: Scanned[] = [];
    for (const code of codes) scans.push(await this.scan(code));
    const due = await this.goToPay();
    const seen = await this.takeCash(due, pay === 'exact' ? undefined : pay.amountMinor);
    await this.nextSale();
    return { ...seen, scans };
  }
}
