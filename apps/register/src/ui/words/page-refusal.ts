import type { RefusalCode } from '@evertill/register';

/** Everything that can go wrong between a key press and its answer, as the page sees it. */
export type PageRefusalCode = RefusalCode | 'core-restarted' | 'deadline';
