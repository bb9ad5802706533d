/** `upcasters[type][n]` turns a payload of version n into one of version n + 1. Old bytes are never rewritten. */
export type Upcasters = { readonly [type: string]: { readonly [fromVersion: number]: (payload: unknown) => unknown } };

/** Every shape is still at its first version. */
export const upcasters: Upcasters = {};
