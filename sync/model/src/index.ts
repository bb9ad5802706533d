export { badDays, type Command } from './commands.ts';
export { type Covers, type Fact, isCovered, type JournalName, type Recorded, type SoldLine } from './facts.ts';
export { heal, violationsAfterHealing } from './healing.ts';
export { violations } from './invariants.ts';
export { type PlantedBug, plantedBugs } from './planted-bugs.ts';
export { type CountState, onHandOf, outranks, shownStock, type Stock, stockOf, type StockRow } from './stock.ts';
export { createWorld, ITEMS, step, type World } from './world.ts';
