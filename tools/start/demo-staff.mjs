/** Who works in the demonstration shop. A test compares this with what the generator makes. */
export const DEMO_STAFF = Object.freeze([
  { name: 'Aoife Byrne', role: 'cashier', pin: '1111' },
  { name: 'Mateo Núñez', role: 'cashier', pin: '2222' },
  { name: 'Zoë Lindqvist', role: 'supervisor', pin: '5555' },
  { name: 'Cormac Daly', role: 'manager', pin: '9999' },
]);

/** One sentence for the terminal. */
export function demoStaffSentence() {
  return `PINs of the demonstration shop: ${DEMO_STAFF.map(({ name, role, pin }) => `${pin} ${name} (${role})`).join(', ')}`;
}
