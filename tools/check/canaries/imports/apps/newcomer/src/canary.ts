import { readFile } from 'node:fs/promises'; // refused
import { openLedger } from '@evertill/ledger'; // refused
import { z } from 'zod';
export const all = [readFile, openLedger, z];
