import { readRecord } from '@evertill/records';
import { normaliseScanCode } from '@evertill/barcode';
import { appendRecord } from '@evertill/journal'; // refused
import { importProducts } from 'evertill-catalog'; // refused
import { filter } from 'rxjs'; // refused
import { randomUUID } from 'node:crypto'; // refused
export const all = [readRecord, normaliseScanCode, appendRecord, importProducts, filter, randomUUID];
