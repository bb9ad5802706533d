export const title = document.title;
export const view = <b>{title}</b>;
export const home = process.env; // refused
export const bytes = Buffer.from('x'); // refused
export { readFileSync } from 'node:fs'; // refused
