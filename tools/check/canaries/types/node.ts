export const home = process.env;
export { readFileSync } from 'node:fs';
export const title = document.title; // refused
export const width = window.innerWidth; // refused
export const sorted = [1].toSorted(); // refused
export const grouped = Object.groupBy([1], String); // refused
export const waiting = Promise.withResolvers<number>(); // refused
export enum Colour { Red } // refused
export class Kept {
  constructor(readonly value: number) {} // refused
}
export const maybe: { value?: number } = { value: undefined }; // refused
export const first: number = [1][0]; // refused
