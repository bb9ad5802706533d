import type { ScopeMoved } from '@evertill/engine';
import type { Hub } from './hub.ts';

/** Asks for every field, because subscribers get no more than the mutation asked for. */
const PUBLISH_HINT = `mutation PublishHint($input: HintInput!) {
  publishHint(input: $input) { tenant store collections { collection period seq } }
}`;

/**
 * Tells a store's registers where there is more to pull, through the mutation that only an operator may call. A hint that is lost costs
 * nothing but time: the next one, or the next connect, says the same.
 */
export function hintPublisher(
  operate: Hub['operate'],
  onFault: (error: unknown) => void,
): (tenant: string, moved: readonly ScopeMoved[]) => void {
  return (tenant, moved) => {
    for (const store of new Set(moved.map(({ scope }) => scope))) {
      const collections = moved
        .filter(({ scope }) => scope === store)
        .map(({ collection, period, seq }) => ({ collection, period, seq }));
      operate({ query: PUBLISH_HINT, variables: { input: { tenant, store, collections } } })
        .then(({ errors }) => {
          if (errors) onFault(new Error(`A hint was refused: ${errors[0]?.message}`));
        })
        .catch(onFault);
    }
  };
}
