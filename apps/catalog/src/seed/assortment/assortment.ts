import { drinks, grocery, snacks } from './cupboard.ts';
import type { Department } from './department.ts';
import { bakery, butcher, dairy, produce } from './fresh.ts';
import { care, homeware, household, petCare } from './home.ts';
import { apparel, kidswear, stationery, toys } from './leisure.ts';

/** What the demonstration shop sells. Every brand is made up. */
export const assortment: readonly Department[] = [
  produce,
  bakery,
  dairy,
  butcher,
  grocery,
  drinks,
  snacks,
  household,
  care,
  petCare,
  homeware,
  stationery,
  toys,
  apparel,
  kidswear,
];
