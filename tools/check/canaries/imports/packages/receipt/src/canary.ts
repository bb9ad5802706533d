import type { PrintDocument } from '@evertill/driver-contract';
import { readRecord } from '@evertill/records';
import { openLink } from '@evertill/link'; // refused
import { Buffer } from 'node:buffer'; // refused
export const all = [readRecord, openLink, Buffer];
export type Kept = PrintDocument;
