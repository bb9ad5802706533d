export type * from './commands.ts';
export { done, refusalCodes, refused, type Outcome, type Refusal, type RefusalCode } from './refusal.ts';
export type * from './views.ts';
