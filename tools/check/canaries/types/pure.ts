const fine: Date = new Date(0);
export const bytes: Uint8Array = new TextEncoder().encode(fine.toISOString());
export const today: Date = new Date(); // refused
export const nowMs: number = Date.now(); // refused
export const chance: number = Math.random(); // refused
export const home = process.env; // refused
export const later = setTimeout(() => undefined, 1); // refused
export const page = document.title; // refused
export const got = fetch('https://example.com'); // refused
export const id = crypto.randomUUID(); // refused
export { readFileSync } from 'node:fs'; // refused
export const said = console.log('x'); // refused
