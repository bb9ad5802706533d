/** Which store the demonstration shop is. A test compares this with what the generator makes. */
export const DEMO_STORE = Object.freeze({ tenant: 'demo', store: 'DUB1' });

/** @param {number} number */
export const registerId = (number) => `${DEMO_STORE.store}-${number}`;
