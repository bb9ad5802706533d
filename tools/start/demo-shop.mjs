/** Who the register of the demonstration shop is. A test compares this with what the generator makes. */
export const DEMO_REGISTER = Object.freeze({ tenant: 'demo', store: 'DUB1', register: 'DUB1-1' });
